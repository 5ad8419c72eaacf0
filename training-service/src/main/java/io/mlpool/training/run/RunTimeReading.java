package io.mlpool.training.run;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.mlpool.readings.ReadGauge;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.function.DoubleSupplier;
import org.springframework.jdbc.core.simple.JdbcClient;

/** How long the newest run of each model runs, and the one that ended last took, for metrics. */
final class RunTimeReading {

    private final JdbcClient jdbc;
    private final Clock clock;
    private final ReadGauge running;
    private final ReadGauge duration;

    RunTimeReading(JdbcClient jdbc, MeterRegistry meters, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
        this.running = new ReadGauge(
                meters,
                "mlpool.training.running",
                "seconds",
                "How long the newest run has been running; 0 when it is over");
        this.duration = new ReadGauge(
                meters, "mlpool.training.duration", "seconds", "How long the newest run that is over took");
    }

    void take() {
        Map<Tags, DoubleSupplier> runningFor = new HashMap<>();
        Map<Tags, Number> took = new HashMap<>();
        jdbc.sql("""
                SELECT DISTINCT ON (model) model, state, started_at FROM training_run
                WHERE started_at IS NOT NULL AND trial IS NULL ORDER BY model, created_at DESC
                """).query((ResultSet row) -> {
            runningFor.put(tags(row), runningSince(row));
        });
        jdbc.sql("""
                SELECT DISTINCT ON (model) model, extract(epoch FROM finished_at - started_at) AS seconds FROM training_run
                WHERE started_at IS NOT NULL AND finished_at IS NOT NULL AND trial IS NULL ORDER BY model, finished_at DESC
                """).query((ResultSet row) -> {
            took.put(tags(row), row.getDouble("seconds"));
        });
        running.follow(runningFor);
        duration.set(took);
    }

    private DoubleSupplier runningSince(ResultSet row) throws SQLException {
        Instant started = row.getTimestamp("started_at").toInstant();
        return RunState.of(row.getString("state")) == RunState.RUNNING
                ? () -> Duration.between(started, clock.instant()).toMillis() / 1000.0
                : () -> 0;
    }

    private static Tags tags(ResultSet row) throws SQLException {
        return Tags.of("model", row.getString("model"));
    }
}
