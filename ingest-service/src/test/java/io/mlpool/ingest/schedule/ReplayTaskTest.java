package io.mlpool.ingest.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.kagkarlsson.scheduler.task.helper.CustomTask;
import com.github.kagkarlsson.scheduler.testhelper.ManualScheduler;
import com.github.kagkarlsson.scheduler.testhelper.TestHelper;
import io.mlpool.ingest.replay.ReplayProgramme;
import io.mlpool.ingest.replay.ReplayProgrammes;
import io.mlpool.market.CandleStore;
import io.mlpool.market.Interval;
import io.mlpool.market.SeriesKey;
import io.mlpool.testing.SettableClock;
import io.mlpool.testing.TestDatabase;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReplayTaskTest {

    private final TestDatabase database = TestDatabase.create();
    private final SettableClock clock = new SettableClock(Instant.parse("2026-03-10T12:00:00Z"));

    @TempDir
    private Path folder;

    @Test
    void recordedWeekIsPlayedOnceWithItsHoursAndTheTaskIsGone() {
        ManualScheduler scheduler = scheduler(ReplayProgrammes.max(database, folder, clock, "bitstamp-2013"));

        scheduler.start();
        scheduler.runAnyDueExecutions();

        assertThat(stored(Interval.FIVE_MINUTES)).isEqualTo(1916);
        assertThat(stored(Interval.ONE_HOUR)).isBetween(150, 160);
        assertThat(scheduler.getScheduledExecutions()).isEmpty();
    }

    @Test
    void replayThatWasLeftInTheMiddleIsEndedByAStartThatDoesNotPlay() {
        scheduler(ReplayProgrammes.max(database, folder, clock, "bitstamp-2013"))
                .start();
        ManualScheduler next = scheduler(ReplayProgrammes.off(database, folder, clock));

        next.start();
        next.runAnyDueExecutions();

        assertThat(stored(Interval.FIVE_MINUTES)).isZero();
        assertThat(next.getScheduledExecutions()).isEmpty();
        assertThat(database.jdbc()
                        .sql("SELECT count(*) FROM ingest_tasks")
                        .query(Integer.class)
                        .single())
                .isZero();
    }

    private ManualScheduler scheduler(ReplayProgramme programme) {
        CustomTask<Void> task = new ReplayTask(programme, clock).task();
        return TestHelper.createManualScheduler(database.dataSource())
                .clock(new com.github.kagkarlsson.scheduler.testhelper.SettableClock())
                .startTasks(List.of(task))
                .tableName("ingest_tasks")
                .build();
    }

    private int stored(Interval interval) {
        return new CandleStore(database.jdbc())
                .series(SeriesKey.usd("bitcoin", interval), Instant.EPOCH, clock.instant())
                .size();
    }
}
