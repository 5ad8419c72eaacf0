package io.mlpool.serving.book;

import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Writes what really happened beside the forecasts whose target candle is finished, and adds it to the sums by outcome time and by asset and
 * day, all in one statement: however often a process is killed, each forecast counts once.
 */
final class ForecastScoring {

    private static final long LOCK = 4_720_251_130L;

    /** What is added up of forecasts; those from before there was a scale are left out. */
    private static final String SUMS = """
            count(*) AS forecasts, sum_elements(below) AS below, sum(quantile_loss) AS quantile_loss, sum(naive_loss) AS naive_loss,
            sum(abs(scaled_return)) AS absolute_return, sum(absolute_error / last_price) AS absolute_error,
            sum(naive_error / last_price) AS naive_error, sum(spread / last_price) AS spread,
            sum(estimated_error / last_price) AS estimated_error
            FROM told WHERE scale IS NOT NULL""";

    private static final String COLUMNS =
            "forecasts, below, quantile_loss, naive_loss, absolute_return, absolute_error,"
                    + " naive_error, spread, estimated_error";

    private static final String ADDED = """
            forecasts = sums.forecasts + excluded.forecasts, below = add_elements(sums.below, excluded.below),
            quantile_loss = sums.quantile_loss + excluded.quantile_loss, naive_loss = sums.naive_loss + excluded.naive_loss,
            absolute_return = sums.absolute_return + excluded.absolute_return,
            absolute_error = sums.absolute_error + excluded.absolute_error, naive_error = sums.naive_error + excluded.naive_error,
            spread = sums.spread + excluded.spread, estimated_error = sums.estimated_error + excluded.estimated_error""";

    private static final String SCORE = """
            WITH due AS (
              SELECT f.id, c.close, m.naive, coalesce(l.liquidity, 'unknown') AS liquidity
              FROM forecast f
              JOIN series s ON s.asset = f.asset AND s.vs_currency = f.vs_currency AND s.interval = f.interval
              JOIN candle c ON c.series_id = s.id AND c.open_time = f.target_open AND c.finished
              LEFT JOIN forecast_measure m ON m.model = f.model AND m.version = f.version AND m.horizon = f.horizon
              LEFT JOIN asset_liquidity l ON l.asset = f.asset
              WHERE (SELECT pg_try_advisory_xact_lock(:lock)) AND f.scored_at IS NULL AND f.target_time <= :now
              FOR UPDATE OF f SKIP LOCKED),
            scored AS (
              UPDATE forecast f
              SET actual_price = c.close,
                  absolute_error = abs(c.close - f.prices[array_position(f.levels, 0.5::float8)]),
                  naive_error = abs(c.close - f.last_price),
                  inside_interval = c.close BETWEEN f.prices[1] AND f.prices[array_upper(f.prices, 1)],
                  pinball_losses = ARRAY(
                    SELECT CASE WHEN c.close >= q.price THEN q.level * (c.close - q.price)
                                ELSE (1 - q.level) * (q.price - c.close) END
                    FROM unnest(f.levels, f.prices) WITH ORDINALITY AS q (level, price, n) ORDER BY q.n),
                  scaled_return = ln(c.close / f.last_price) / f.scale,
                  quantile_loss = (
                    SELECT 2 * avg(CASE WHEN e.error >= 0 THEN e.level * e.error ELSE (e.level - 1) * e.error END)
                    FROM (SELECT q.level, ln(c.close / q.price) / f.scale AS error FROM unnest(f.levels, f.prices) AS q (level, price)) e),
                  naive_loss = (
                    SELECT 2 * avg(CASE WHEN e.error >= 0 THEN e.level * e.error ELSE (e.level - 1) * e.error END)
                    FROM (SELECT q.level, ln(c.close / f.last_price) / f.scale - q.naive AS error
                          FROM unnest(f.levels, c.naive) AS q (level, naive)) e),
                  scored_at = :now
              FROM due c WHERE c.id = f.id
              RETURNING f.*, c.liquidity),
            told AS (
              SELECT *, ARRAY(SELECT (actual_price <= q.price)::int::bigint FROM unnest(prices) WITH ORDINALITY AS q (price, n)
                              ORDER BY q.n) AS below
              FROM scored),
            outcomes AS (
              INSERT INTO forecast_outcome AS sums (model, version, horizon, target_time, variant, liquidity, %2$s)
              SELECT model, version, horizon, target_time, variant, liquidity, %1$s
              GROUP BY model, version, horizon, target_time, variant, liquidity
              ON CONFLICT (model, version, horizon, target_time, variant, liquidity) DO UPDATE SET %3$s),
            days AS (
              INSERT INTO forecast_day AS sums (model, version, horizon, asset, day, variant, liquidity, %2$s)
              SELECT model, version, horizon, asset, (target_time AT TIME ZONE 'UTC')::date, variant, max(liquidity), %1$s
              GROUP BY model, version, horizon, asset, (target_time AT TIME ZONE 'UTC')::date, variant
              ON CONFLICT (model, version, horizon, asset, day, variant) DO UPDATE SET liquidity = excluded.liquidity, %3$s)
            SELECT model, variant, horizon, count(*) AS forecasts, count(*) FILTER (WHERE inside_interval) AS covered,
              sum(absolute_error / last_price) AS absolute_error, sum(naive_error / last_price) AS naive_error,
              sum((SELECT 2 * avg(loss) FROM unnest(pinball_losses) AS loss) / last_price) AS quantile_loss
            FROM scored GROUP BY model, variant, horizon
            """.formatted(SUMS, COLUMNS, ADDED);

    private final JdbcClient jdbc;
    private final Clock clock;

    ForecastScoring(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /**
     * Scores all whose time has come: the price, the distance from the median, the pinball loss of each quantile, whether the price stayed
     * between the outer ones, and the losses of the scaled return beside the naive opponent's. While another replica does it, nothing.
     *
     * @return what came of those that were scored
     */
    List<Scored> score() {
        return jdbc.sql(SCORE)
                .param("lock", LOCK)
                .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                .query((row, n) -> Scored.of(row))
                .list();
    }
}
