package io.mlpool.serving.performance;

import io.mlpool.model.ForecastManifest;
import io.mlpool.model.Horizon;
import io.mlpool.serving.forecast.ErrorRatios;
import io.mlpool.serving.live.LiveForecaster;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Learns from a version's scored forecasts what its errors are against those that its quantiles imply: the ratio of both over the last days,
 * that of an asset drawn towards that of all, and that of all towards 1, both the more the fewer outcomes are known. Forecasts that overlap repeat
 * each other: one of each horizon's bars counts.
 */
final class ErrorRatioStore {

    /** Days before today that count. */
    static final int DAYS = 90;

    /** Independent outcomes that weigh as much as the assumption that the quantiles are right. */
    static final double PRIOR = 50;

    /** Independent outcomes of an asset that weigh as much as those of all. Chosen on four years of ten coins, docs/monitoring.md. */
    static final double ASSET_PRIOR = 300;

    private final JdbcClient jdbc;

    ErrorRatioStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** What was known at the beginning of this day, UTC. */
    ErrorRatios before(LiveForecaster model, LocalDate today) {
        List<Horizon> horizons = model.manifest().shape().horizons();
        double[] all = ErrorRatios.none(horizons.size()).all();
        Map<String, double[]> byAsset = new HashMap<>();
        jdbc.sql("""
                SELECT asset, horizon, sum(forecasts) AS forecasts, sum(absolute_error) AS error, sum(spread) AS spread
                FROM forecast_day WHERE model = :model AND version = :version AND day >= :from AND day < :today
                GROUP BY GROUPING SETS ((horizon), (horizon, asset)) HAVING sum(spread) > 0
                ORDER BY asset NULLS FIRST
                """)
                .param("model", model.slot().model())
                .param("version", model.version().version())
                .param("from", today.minusDays(DAYS))
                .param("today", today)
                .query((ResultSet row) -> {
                    int horizon = index(horizons, row.getString("horizon"));
                    String asset = row.getString("asset");
                    if (horizon >= 0 && asset == null) {
                        all[horizon] = ratio(model.manifest(), horizons.get(horizon), row, 1, PRIOR);
                    } else if (horizon >= 0) {
                        byAsset.computeIfAbsent(asset, _ -> all.clone())[horizon] =
                                ratio(model.manifest(), horizons.get(horizon), row, all[horizon], ASSET_PRIOR);
                    }
                });
        return new ErrorRatios(all, byAsset);
    }

    private static int index(List<Horizon> horizons, String label) {
        return horizons.indexOf(Horizon.of(label));
    }

    private static double ratio(
            ForecastManifest manifest, Horizon horizon, ResultSet row, double assumed, double weight)
            throws SQLException {
        double independent = (double) row.getLong("forecasts")
                / horizon.bars(manifest.features().interval());
        double seen = row.getDouble("error") / row.getDouble("spread");
        return (independent * seen + weight * assumed) / (independent + weight);
    }
}
