package io.mlpool.serving.risk;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.mlpool.readings.ReadGauge;
import java.sql.ResultSet;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleSupplier;
import org.springframework.jdbc.core.simple.JdbcClient;

/** How many assets are how risky, and how old the scores are, for metrics. */
final class RiskReading {

    private static final List<String> LEVELS = List.of("low", "raised", "high", "severe");

    private final JdbcClient jdbc;
    private final Clock clock;
    private final ReadGauge assets;
    private final ReadGauge age;

    RiskReading(JdbcClient jdbc, MeterRegistry meters, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
        this.assets = new ReadGauge(meters, "mlpool.risk.assets", "", "Assets whose newest score is of this level");
        this.age = new ReadGauge(
                meters, "mlpool.risk.age", "seconds", "Time since the newest score was as of, of any asset");
    }

    void take() {
        Map<Tags, Number> byLevel = new HashMap<>();
        Map<Tags, DoubleSupplier> ages = new HashMap<>();
        RiskModels.HORIZONS.forEach(horizon -> take(RiskModels.PREFIX + horizon, byLevel, ages));
        assets.set(byLevel);
        age.follow(ages);
    }

    private void take(String model, Map<Tags, Number> byLevel, Map<Tags, DoubleSupplier> ages) {
        LEVELS.forEach(level -> byLevel.put(Tags.of("model", model, "level", level), 0));
        DoubleSupplier none = () -> Double.NaN;
        ages.put(Tags.of("model", model), none);
        jdbc.sql("""
                SELECT CASE WHEN s.score < 50 THEN 'low' WHEN s.score < 75 THEN 'raised' WHEN s.score < 90 THEN 'high'
                  ELSE 'severe' END AS level, count(*) AS assets, max(s.as_of) AS newest
                FROM asset a CROSS JOIN LATERAL (
                  SELECT score, as_of FROM risk_score
                  WHERE asset = a.id AND model = :model AND variant = 'champion'
                  ORDER BY as_of DESC, computed_at DESC LIMIT 1) s
                GROUP BY level
                """).param("model", model).query((ResultSet row) -> {
            byLevel.put(Tags.of("model", model, "level", row.getString("level")), row.getLong("assets"));
            Instant newest = row.getTimestamp("newest").toInstant();
            ages.merge(Tags.of("model", model), since(newest), RiskReading::younger);
        });
    }

    private DoubleSupplier since(Instant time) {
        return () -> Duration.between(time, clock.instant()).toMillis() / 1000.0;
    }

    private static DoubleSupplier younger(DoubleSupplier one, DoubleSupplier other) {
        return one.getAsDouble() < other.getAsDouble() ? one : other; // NaN is never less
    }
}
