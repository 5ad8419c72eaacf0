package io.mlpool.training.run;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.mlpool.readings.ReadGauge;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;

/** How many runs each model had and what the gate said, for metrics. */
final class RunReading {

    private final JdbcClient jdbc;
    private final List<String> models;
    private final ReadGauge runs;
    private final ReadGauge causes;
    private final ReadGauge trials;
    private final ReadGauge failures;
    private final ReadGauge decisions;

    /** @param models that are there from the beginning, with zeros */
    RunReading(JdbcClient jdbc, List<String> models, MeterRegistry meters) {
        this.jdbc = jdbc;
        this.models = models;
        this.runs = new ReadGauge(meters, "mlpool.training.runs", "", "Runs that are in this state, trials apart");
        this.causes = new ReadGauge(
                meters, "mlpool.training.causes", "", "Runs so far by why they were started, trials apart");
        this.trials = new ReadGauge(meters, "mlpool.training.trials", "", "Trials of studies that are in this state");
        this.failures = new ReadGauge(
                meters, "mlpool.training.failures.in.a.row", "", "Runs that failed since the last one that succeeded");
        this.decisions = new ReadGauge(meters, "mlpool.gate.decisions", "", "What the gate said of candidates so far");
    }

    void take() {
        Map<Tags, Number> byState = new HashMap<>();
        Map<Tags, Number> tried = new HashMap<>();
        Map<Tags, Number> failed = new HashMap<>();
        Map<Tags, Number> decided = new HashMap<>();
        models.forEach(model -> begin(model, byState, tried, failed, decided));
        causes.set(causes());
        jdbc.sql("SELECT model, state, trial IS NOT NULL AS trial, count(*) AS runs FROM training_run GROUP BY 1, 2, 3")
                .query((ResultSet row) -> {
                    Map<Tags, Number> counts = row.getBoolean("trial") ? tried : byState;
                    counts.put(tags(row).and("state", row.getString("state")), row.getLong("runs"));
                });
        jdbc.sql("""
                SELECT run.model, count(*) AS failures FROM training_run run
                LEFT JOIN (SELECT model, max(finished_at) AS at FROM training_run
                           WHERE state = 'succeeded' AND trial IS NULL GROUP BY model) success
                  ON success.model = run.model
                WHERE run.state = 'failed' AND run.trial IS NULL AND run.finished_at > coalesce(success.at, '-infinity')
                GROUP BY run.model
                """).query((ResultSet row) -> {
            failed.put(tags(row), row.getLong("failures"));
        });
        jdbc.sql("""
                SELECT model, CASE WHEN (decision ->> 'promoted')::boolean THEN 'promoted' ELSE 'refused' END AS outcome, count(*) AS decisions
                FROM training_run WHERE decision IS NOT NULL GROUP BY model, outcome
                """).query((ResultSet row) -> {
            decided.put(tags(row).and("outcome", row.getString("outcome")), row.getLong("decisions"));
        });
        runs.set(byState);
        trials.set(tried);
        failures.set(failed);
        decisions.set(decided);
    }

    private Map<Tags, Number> causes() {
        Map<Tags, Number> byCause = new HashMap<>();
        for (String model : models) {
            for (Cause cause : Cause.values()) {
                byCause.put(Tags.of("model", model, "cause", cause.label()), 0);
            }
        }
        jdbc.sql("SELECT model, cause, count(*) AS runs FROM training_run WHERE trial IS NULL GROUP BY model, cause")
                .query((ResultSet row) -> {
                    byCause.put(tags(row).and("cause", row.getString("cause")), row.getLong("runs"));
                });
        return byCause;
    }

    private static void begin(
            String model,
            Map<Tags, Number> byState,
            Map<Tags, Number> tried,
            Map<Tags, Number> failed,
            Map<Tags, Number> decided) {
        Tags tags = Tags.of("model", model);
        for (RunState state : RunState.values()) {
            byState.put(tags.and("state", state.label()), 0);
            tried.put(tags.and("state", state.label()), 0);
        }
        failed.put(tags, 0);
        decided.put(tags.and("outcome", "promoted"), 0);
        decided.put(tags.and("outcome", "refused"), 0);
    }

    private static Tags tags(ResultSet row) throws SQLException {
        return Tags.of("model", row.getString("model"));
    }
}
