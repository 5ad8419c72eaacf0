package io.mlpool.serving.jobs;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.mlpool.readings.ReadGauge;
import java.sql.ResultSet;
import java.util.HashMap;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Batch jobs that are not over, for metrics. */
final class JobReading {

    private final JdbcClient jdbc;
    private final ReadGauge jobs;

    JobReading(JdbcClient jdbc, MeterRegistry meters) {
        this.jdbc = jdbc;
        this.jobs =
                new ReadGauge(meters, "mlpool.batch.jobs", "", "Batch jobs that are in this state, over all replicas");
    }

    void take() {
        Map<Tags, Number> byState = new HashMap<>();
        byState.put(tags(JobState.QUEUED.label()), 0);
        byState.put(tags(JobState.RUNNING.label()), 0);
        jdbc.sql("SELECT state, count(*) AS jobs FROM batch_job WHERE state IN ('queued', 'running') GROUP BY state")
                .query((ResultSet row) -> {
                    byState.put(tags(row.getString("state")), row.getLong("jobs"));
                });
        jobs.set(byState);
    }

    private static Tags tags(String state) {
        return Tags.of("state", state);
    }
}
