package io.mlpool.serving.performance;

import io.mlpool.model.ForecastShape;
import io.mlpool.model.Horizon;
import io.mlpool.model.LiveCorrection;
import io.mlpool.serving.live.LiveForecaster;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The corrections of live models. One is made once for each close from what became of forecasts until then, and stays: every replica, and
 * each of them after a restart, gives the same forecast of the same candle.
 */
final class CorrectionStore {

    private final JdbcClient jdbc;

    CorrectionStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * The correction of each horizon for forecasts as of these times. It knows the outcomes of before that time which were scored when it
     * was first asked for: those of the very close at hand come a moment later than the forecasts.
     */
    Map<Instant, List<LiveCorrection>> at(LiveForecaster model, Collection<Instant> times) {
        Map<Instant, List<LiveCorrection>> stored = read(model, times);
        List<Instant> missing =
                times.stream().filter(time -> !stored.containsKey(time)).toList();
        if (missing.isEmpty()) {
            return stored;
        }
        missing.forEach(time -> write(model, time));
        return read(model, times);
    }

    private Map<Instant, List<LiveCorrection>> read(LiveForecaster model, Collection<Instant> times) {
        ForecastShape shape = model.manifest().shape();
        Map<Instant, Map<String, LiveCorrection>> found = new HashMap<>();
        jdbc.sql("""
                SELECT as_of, horizon, offsets FROM forecast_correction
                WHERE model = :model AND version = :version AND as_of = ANY (:times::timestamptz[])
                """)
                .param("model", model.slot().model())
                .param("version", model.version().version())
                .param("times", times.stream().map(Instant::toString).toArray(String[]::new))
                .query((ResultSet row) -> {
                    Instant time = row.getTimestamp("as_of").toInstant();
                    found.computeIfAbsent(time, _ -> new HashMap<>()).put(row.getString("horizon"), correction(row));
                });
        Map<Instant, List<LiveCorrection>> whole = new HashMap<>();
        found.forEach((time, byHorizon) -> {
            List<LiveCorrection> inOrder = shape.horizons().stream()
                    .filter(horizon -> byHorizon.containsKey(horizon.label()))
                    .map(horizon -> byHorizon.get(horizon.label()))
                    .toList();
            if (inOrder.size() == shape.horizons().size()) {
                whole.put(time, inOrder);
            }
        });
        return whole;
    }

    private void write(LiveForecaster model, Instant asOf) {
        ForecastShape shape = model.manifest().shape();
        Map<String, Outcomes> outcomes = outcomes(model, asOf);
        for (Horizon horizon : shape.horizons()) {
            Outcomes known = outcomes.getOrDefault(
                    horizon.label(), new Outcomes(0, new double[shape.levels().size()], 0));
            jdbc.sql("""
                    INSERT INTO forecast_correction (model, version, horizon, as_of, outcomes, offsets)
                    VALUES (:model, :version, :horizon, :asOf, :outcomes, :offsets)
                    ON CONFLICT (model, version, horizon, as_of) DO NOTHING
                    """)
                    .param("model", model.slot().model())
                    .param("version", model.version().version())
                    .param("horizon", horizon.label())
                    .param("asOf", utc(asOf))
                    .param("outcomes", known.times())
                    .param(
                            "offsets",
                            LiveCorrection.of(shape.levels(), known.below(), known.times(), known.step())
                                    .offsets()
                                    .toArray(Double[]::new))
                    .update();
        }
    }

    /**
     * What became of a version's forecasts of one horizon.
     *
     * @param below by level, the sum over the times of the share of assets at or below the quantile
     * @param step with which the version went live, so that a release that has another moves no interval at once
     */
    private record Outcomes(long times, double[] below, double step) {}

    /** In the order of time: the sum of the same shares is the same to the last bit. */
    private Map<String, Outcomes> outcomes(LiveForecaster model, Instant asOf) {
        Map<String, Outcomes> outcomes = new HashMap<>();
        jdbc.sql("""
                WITH times AS (
                  SELECT horizon, target_time, sum(forecasts) AS forecasts, sum_elements(below) AS below
                  FROM forecast_outcome
                  WHERE model = :model AND version = :version AND target_time < :asOf
                  GROUP BY horizon, target_time),
                shares AS (
                  SELECT horizon, e.n, count(*) AS times, sum(e.below::float8 / forecasts::float8 ORDER BY target_time) AS below
                  FROM times, unnest(times.below) WITH ORDINALITY AS e (below, n)
                  GROUP BY horizon, e.n)
                SELECT horizon, max(times) AS times, array_agg(below ORDER BY n) AS below, min(correction_step) AS step
                FROM shares JOIN forecast_measure USING (horizon)
                WHERE model = :model AND version = :version
                GROUP BY horizon
                """)
                .param("model", model.slot().model())
                .param("version", model.version().version())
                .param("asOf", utc(asOf))
                .query((ResultSet row) -> {
                    outcomes.put(
                            row.getString("horizon"),
                            new Outcomes(row.getLong("times"), numbers(row, "below"), row.getDouble("step")));
                });
        return outcomes;
    }

    private static LiveCorrection correction(ResultSet row) throws SQLException {
        List<Double> offsets = new ArrayList<>();
        Arrays.stream(numbers(row, "offsets")).forEach(offsets::add);
        return new LiveCorrection(offsets);
    }

    private static double[] numbers(ResultSet row, String column) throws SQLException {
        Double[] values = (Double[]) row.getArray(column).getArray();
        return Arrays.stream(values).mapToDouble(Double::doubleValue).toArray();
    }

    private static OffsetDateTime utc(Instant time) {
        return time.atOffset(ZoneOffset.UTC);
    }
}
