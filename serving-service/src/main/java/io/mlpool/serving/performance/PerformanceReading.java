package io.mlpool.serving.performance;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.mlpool.model.Horizon;
import io.mlpool.readings.ReadGauge;
import io.mlpool.serving.live.LiveForecaster;
import io.mlpool.serving.live.LiveForecasters;
import io.mlpool.serving.market.MarketTime;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;

/** How the live versions did over the last 30 days, for metrics: of all assets and of each liquidity group, never of one asset. */
final class PerformanceReading {

    private static final Duration BACK = Duration.ofDays(30);
    private static final List<String> LIQUIDITY = List.of("all", "high", "middle", "low");
    private static final List<Integer> BANDS = List.of(50, 80, 90);

    private final JdbcClient jdbc;
    private final LiveForecasters live;
    private final MarketTime time;
    private final ReadGauge skill;
    private final ReadGauge coverage;
    private final ReadGauge estimate;

    PerformanceReading(JdbcClient jdbc, LiveForecasters live, MeterRegistry meters, MarketTime time) {
        this.jdbc = jdbc;
        this.live = live;
        this.time = time;
        this.skill = new ReadGauge(
                meters,
                "mlpool.performance.skill",
                "ratio",
                "How much lower the quantile loss of the live version was than the naive forecast's, over 30 days");
        this.coverage = new ReadGauge(
                meters,
                "mlpool.performance.coverage",
                "ratio",
                "Share of outcomes within the interval of so many percent, over 30 days");
        this.estimate = new ReadGauge(
                meters, "mlpool.performance.estimate", "ratio", "Estimated errors over those that came, over 30 days");
    }

    void take() {
        Map<Tags, Number> skills = new HashMap<>();
        Map<Tags, Number> coverages = new HashMap<>();
        Map<Tags, Number> estimates = new HashMap<>();
        for (LiveForecaster model : live.all()) {
            for (Horizon horizon : model.manifest().shape().horizons()) {
                for (String liquidity : LIQUIDITY) {
                    Tags unknown = tags(model, horizon).and("liquidity", liquidity);
                    skills.put(unknown, Double.NaN);
                    BANDS.forEach(band -> coverages.put(unknown.and("band", band.toString()), Double.NaN));
                }
                estimates.put(tags(model, horizon), Double.NaN);
                read(model, horizon, skills, coverages, estimates);
            }
        }
        skill.set(skills);
        coverage.set(coverages);
        estimate.set(estimates);
    }

    private void read(
            LiveForecaster model,
            Horizon horizon,
            Map<Tags, Number> skills,
            Map<Tags, Number> coverages,
            Map<Tags, Number> estimates) {
        jdbc.sql("""
                SELECT coalesce(liquidity, 'all') AS liquidity, 1 - sum(quantile_loss) / nullif(sum(naive_loss), 0) AS skill,
                  sum(below[array_position(levels, 0.75)] - below[array_position(levels, 0.25)]) / sum(forecasts) AS band_50,
                  sum(below[array_position(levels, 0.9)] - below[array_position(levels, 0.1)]) / sum(forecasts) AS band_80,
                  sum(below[array_position(levels, 0.95)] - below[array_position(levels, 0.05)]) / sum(forecasts) AS band_90,
                  sum(estimated_error) / nullif(sum(absolute_error), 0) AS estimate
                FROM forecast_outcome JOIN forecast_measure USING (model, version, horizon)
                WHERE model = :model AND version = :version AND horizon = :horizon AND variant = :variant AND target_time > :from
                GROUP BY GROUPING SETS ((), (liquidity)) HAVING sum(forecasts) > 0
                """)
                .param("model", model.slot().model())
                .param("version", model.version().version())
                .param("horizon", horizon.label())
                .param("variant", model.slot().alias().label())
                .param("from", time.now().minus(BACK).atOffset(ZoneOffset.UTC))
                .query((ResultSet row) -> {
                    String liquidity = row.getString("liquidity");
                    Tags tags = tags(model, horizon).and("liquidity", liquidity);
                    skills.put(tags, number(row, "skill"));
                    for (int band : BANDS) {
                        coverages.put(tags.and("band", Integer.toString(band)), number(row, "band_" + band));
                    }
                    if (liquidity.equals("all")) {
                        estimates.put(tags(model, horizon), number(row, "estimate"));
                    }
                });
    }

    private static double number(ResultSet row, String column) throws SQLException {
        double number = row.getDouble(column);
        return row.wasNull() ? Double.NaN : number;
    }

    private static Tags tags(LiveForecaster model, Horizon horizon) {
        return Tags.of(
                "model", model.slot().model(), "alias", model.slot().alias().label(), "horizon", horizon.label());
    }
}
