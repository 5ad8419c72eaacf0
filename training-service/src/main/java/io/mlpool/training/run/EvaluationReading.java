package io.mlpool.training.run;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.mlpool.readings.ReadGauge;
import java.sql.ResultSet;
import java.util.HashMap;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What the newest evaluation of each model measured on its held-out slice, for metrics: what live forecasts are held against. */
final class EvaluationReading {

    private final JdbcClient jdbc;
    private final ReadGauge skill;
    private final ReadGauge coverage;

    EvaluationReading(JdbcClient jdbc, MeterRegistry meters) {
        this.jdbc = jdbc;
        this.skill = new ReadGauge(
                meters, "mlpool.evaluation.skill", "ratio", "How much lower the loss was than the naive forecast's");
        this.coverage = new ReadGauge(
                meters,
                "mlpool.evaluation.coverage",
                "ratio",
                "Share of outcomes within the interval of so many percent");
    }

    void take() {
        Map<Tags, Number> skills = new HashMap<>();
        Map<Tags, Number> coverages = new HashMap<>();
        jdbc.sql("""
                SELECT model, score ->> 'horizon' AS horizon, (score ->> 'skill_vs_naive')::double precision / 100 AS skill,
                  covered.key AS band, covered.value::double precision AS share
                FROM (SELECT DISTINCT ON (model) model, evaluation FROM training_run
                      WHERE evaluation IS NOT NULL ORDER BY model, created_at DESC) newest
                CROSS JOIN LATERAL json_array_elements(evaluation -> 'horizons') score
                CROSS JOIN LATERAL json_each_text(score -> 'coverage') covered
                """).query((ResultSet row) -> {
            Tags horizon = Tags.of("model", row.getString("model"), "horizon", row.getString("horizon"));
            skills.put(horizon, row.getDouble("skill"));
            coverages.put(horizon.and("band", row.getString("band")), row.getDouble("share"));
        });
        skill.set(skills);
        coverage.set(coverages);
    }
}
