package io.mlpool.ingest.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.kagkarlsson.scheduler.ScheduledExecutionsFilter;
import com.github.kagkarlsson.scheduler.Scheduler;
import io.mlpool.ingest.defillama.FakeDefiLlama;
import io.mlpool.ingest.defillama.LlamaFixture;
import io.mlpool.ingest.requests.FakeSource.Answer;
import io.mlpool.testing.TestDatabase;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DefiLlamaTasksTest {

    private static final Instant NOW = LlamaFixture.NOW;
    private static final String LIST = "[{\"id\":\"1\",\"name\":\"Aave\"}]";

    private final FakeDefiLlama llama = new FakeDefiLlama();
    private final TestDatabase database = TestDatabase.create();
    private final List<Scheduler> replicas = new ArrayList<>();

    @TempDir
    private Path folder;

    private LlamaFixture fixture;

    @BeforeEach
    void start() {
        fixture = new LlamaFixture(database, folder, llama.root());
    }

    @AfterEach
    void close() {
        replicas.forEach(Scheduler::stop);
        llama.close();
    }

    @Test
    void listsAreAskedAtTheFirstStartThenDailyAndNotAgainAtTheNextStart() throws InterruptedException {
        llama.says(path -> Answer.of(
                200, path.equals("protocols") ? LIST : "[{\"date\":1648512000,\"name\":\"Ronin\",\"amount\":1}]"));
        Scheduler one = replica();
        tasks().startMissing(one);
        tasks().startMissing(one);

        one.start();
        until(() -> !plan(one, DefiLlamaTasks.PROTOCOLS).equals(NOW)
                && !plan(one, DefiLlamaTasks.INCIDENTS).equals(NOW));
        tasks().startMissing(one);

        assertThat(llama.asked()).containsExactlyInAnyOrder("protocols", "hacks");
        assertThat(plan(one, DefiLlamaTasks.PROTOCOLS)).isEqualTo(Instant.parse("2026-03-11T01:10:00Z"));
        assertThat(plan(one, DefiLlamaTasks.INCIDENTS)).isEqualTo(Instant.parse("2026-03-11T01:10:00Z"));
    }

    @Test
    void whenTroublePassesItIsTriedSoonAndOtherwiseTheNextDay() throws InterruptedException {
        llama.says(path -> path.equals("protocols")
                ? Answer.of(403, "<title>Just a moment...</title>")
                : Answer.of(402, "{\"message\":\"Upgrade required\"}"));
        Scheduler one = replica();
        tasks().startMissing(one);

        one.start();
        until(() -> !plan(one, DefiLlamaTasks.PROTOCOLS).equals(NOW)
                && !plan(one, DefiLlamaTasks.INCIDENTS).equals(NOW));

        assertThat(plan(one, DefiLlamaTasks.PROTOCOLS)).isEqualTo(NOW.plus(Duration.ofMinutes(15)));
        assertThat(plan(one, DefiLlamaTasks.INCIDENTS)).isEqualTo(Instant.parse("2026-03-11T01:10:00Z"));
    }

    private DefiLlamaTasks tasks() {
        return new DefiLlamaTasks(fixture.defiLlama(), fixture.clock);
    }

    private Scheduler replica() {
        DefiLlamaTasks tasks = tasks();
        Scheduler scheduler = Scheduler.create(
                        database.dataSource(), tasks.protocols(), tasks.incidents(), tasks.histories())
                .tableName("ingest_tasks")
                .clock(fixture.clock::instant)
                .pollingInterval(Duration.ofMillis(50))
                .threads(1)
                .shutdownMaxWait(Duration.ofSeconds(1))
                .build();
        replicas.add(scheduler);
        return scheduler;
    }

    private static Instant plan(Scheduler scheduler, String task) {
        return scheduler
                .getScheduledExecutionsForTask(task, Void.class, ScheduledExecutionsFilter.all())
                .getFirst()
                .getExecutionTime()
                .truncatedTo(ChronoUnit.MINUTES);
    }

    /** Lets the schedulers' clock go on, since they poll by it. */
    private void until(BooleanSupplier done) throws InterruptedException {
        long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (!done.getAsBoolean()) {
            assertThat(System.nanoTime())
                    .as("within 20 seconds, asked %s", llama.asked())
                    .isLessThan(end);
            TimeUnit.MILLISECONDS.sleep(20);
            fixture.clock.advance(Duration.ofMillis(60));
        }
    }
}
