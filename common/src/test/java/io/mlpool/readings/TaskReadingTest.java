package io.mlpool.readings;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.mlpool.testing.SettableClock;
import io.mlpool.testing.TestDatabase;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TaskReadingTest {

    private static final Instant NOW = Instant.parse("2026-11-29T12:00:00Z");

    private final TestDatabase database = TestDatabase.create();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final TaskReading reading = new TaskReading(
            database.jdbc(), "ingest_tasks", Set.of("inbox-file", "replay"), meters, new SettableClock(NOW));

    @Test
    void oneThatWaitsLongerThanItShouldIsOverdue() {
        task("inbox-file", "a", NOW.minusSeconds(40), false, 0);
        task("inbox-file", "b", NOW.minusSeconds(90), false, 3);
        task("inbox-file", "c", NOW.minusSeconds(600), true, 0);

        reading.take();

        assertThat(value("overdue", "inbox-file"))
                .as("the one that runs does not wait")
                .isEqualTo(90);
        assertThat(value("scheduled", "inbox-file")).isEqualTo(3);
        assertThat(value("running", "inbox-file")).isEqualTo(1);
        assertThat(value("failing", "inbox-file")).isEqualTo(1);
    }

    @Test
    void oneThatIsNotDueYetIsNot() {
        task("replay", "programme", NOW.plus(Duration.ofHours(1)), false, 0);

        reading.take();

        assertThat(value("overdue", "replay")).isZero();
    }

    @Test
    void tasksWithoutInstancesAreThereWithZeros() {
        reading.take();

        assertThat(value("scheduled", "replay")).isZero();
        assertThat(value("overdue", "replay")).isZero();
    }

    @Test
    void whatAnEarlierVersionLeftIsNoLabel() {
        task("abolished", "all", NOW.minusSeconds(40), false, 0);

        reading.take();

        assertThat(meters.find("mlpool.tasks.scheduled")
                        .tag("task", "abolished")
                        .gauges())
                .isEmpty();
    }

    private void task(String name, String instance, Instant due, boolean picked, int failures) {
        database.jdbc()
                .sql("""
                INSERT INTO ingest_tasks (task_name, task_instance, execution_time, picked, consecutive_failures, version)
                VALUES (:name, :instance, :due, :picked, :failures, 1)
                """)
                .param("name", name)
                .param("instance", instance)
                .param("due", due.atOffset(ZoneOffset.UTC))
                .param("picked", picked)
                .param("failures", failures)
                .update();
    }

    private double value(String what, String task) {
        return meters.get("mlpool.tasks." + what).tag("task", task).gauge().value();
    }
}
