package io.mlpool.training.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.mlpool.market.Interval;
import io.mlpool.testing.SettableClock;
import io.mlpool.training.FakeTrainer;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What serving finds against the champion is answered by training. */
@Timeout(60)
class DecayTriggerTest {

    @TempDir
    Path storage;

    /** Before the clock of the pool, by which runs are created. */
    private final Instant begin =
            Clock.systemUTC().instant().truncatedTo(ChronoUnit.MICROS).minusSeconds(60);

    private final SettableClock clock = new SettableClock(begin);
    private Pool pool;

    @BeforeEach
    void createPool() {
        pool = new Pool(storage);
        pool.replica(new FakeTrainer(0));
    }

    @AfterEach
    void closePool() {
        pool.close();
    }

    @Test
    void aFindingIsAnsweredOnceHoweverLongItStands() throws InterruptedException {
        found("drift", begin);

        look(true, true);
        finish();
        clock.advance(Duration.ofDays(30));
        look(true, true);

        assertThat(runs()).extracting(RunView::cause).containsExactly(Cause.DRIFT);
    }

    @Test
    void anotherFindingIsAnsweredWhenTheQuietTimeIsOver() throws InterruptedException {
        found("drift", begin);
        look(true, true);
        finish();
        found("loss_of_skill", begin);

        clock.advance(Duration.ofHours(23));
        look(true, true);
        assertThat(runs()).hasSize(1);

        clock.advance(Duration.ofHours(2));
        look(true, true);
        assertThat(runs()).extracting(RunView::cause).containsExactlyInAnyOrder(Cause.DRIFT, Cause.LOSS_OF_SKILL);
    }

    @Test
    void aFindingThatEndedAndCameBackIsAnsweredAgain() throws InterruptedException {
        found("drift", begin);
        look(true, true);
        finish();
        pool.database().jdbc().sql("UPDATE model_decay SET ended_at = found_at").update();
        found("drift", begin.plus(Duration.ofHours(20)));

        clock.set(begin.plus(Duration.ofHours(26)));
        look(true, true);

        assertThat(runs()).hasSize(2);
    }

    @Test
    void aRunThatFailedIsNoAnswer() throws InterruptedException {
        found("drift", begin);
        look(true, true);
        finish();
        pool.database()
                .jdbc()
                .sql("UPDATE training_run SET state = 'failed', error = 'no space left'")
                .update();

        clock.advance(Duration.ofHours(25));
        look(true, true);

        assertThat(runs()).hasSize(2);
    }

    @Test
    void whatSpeaksAgainstAVersionThatWasReplacedMeanwhileIsNotAnswered() {
        found("drift", begin);
        pool.database()
                .jdbc()
                .sql("INSERT INTO model_champion VALUES ('price-1h', 2, now())")
                .update();

        look(true, true);
        assertThat(runs()).isEmpty();

        pool.database().jdbc().sql("UPDATE model_champion SET version = 1").update();
        look(true, true);
        assertThat(runs()).hasSize(1);
    }

    @Test
    void whatEndedIsNotAnswered() {
        found("drift", begin);
        pool.database().jdbc().sql("UPDATE model_decay SET ended_at = found_at").update();

        look(true, true);

        assertThat(runs()).isEmpty();
    }

    @Test
    void aRunOnItsWayIsWaitedFor() throws InterruptedException {
        pool.trainings().start(Pool.request("first"), Cause.REQUEST);
        found("drift", begin);
        look(true, true);
        assertThat(runs()).hasSize(1);

        pool.finished("first");
        look(true, true);

        assertThat(runs()).hasSize(2);
    }

    @Test
    void eachCauseCanBeSwitchedOff() {
        found("drift", begin);
        found("loss_of_skill", begin.plusSeconds(1));

        look(false, false);
        assertThat(runs()).isEmpty();

        look(false, true);
        assertThat(runs()).extracting(RunView::cause).containsExactly(Cause.LOSS_OF_SKILL);
    }

    private void found(String kind, Instant at) {
        pool.database()
                .jdbc()
                .sql(
                        "INSERT INTO model_decay (model, version, kind, found_at, summary) VALUES ('price-1h', 1, :kind, :at::timestamptz, '')")
                .param("kind", kind)
                .param("at", at.toString())
                .update();
    }

    /** What a replica that has just been started does. */
    private void look(boolean drift, boolean lossOfSkill) {
        TriggerProperties properties = new TriggerProperties(
                List.of("1h"),
                List.of("lstm"),
                true,
                "-",
                0,
                Duration.ofMinutes(1),
                drift,
                lossOfSkill,
                Duration.ofDays(1));
        new DecayTrigger(properties, pool.triggered(properties), pool.database().jdbc(), clock).look(Interval.ONE_HOUR);
    }

    private void finish() throws InterruptedException {
        for (RunView run : runs()) {
            pool.finished(run.id());
        }
    }

    private List<RunView> runs() {
        return pool.runs().latest(Optional.of("price-1h"), Optional.empty(), 10);
    }
}
