package io.mlpool.serving.forest;

import io.mlpool.anomaly.Dimension;
import io.mlpool.anomaly.Disturbance;
import io.mlpool.market.Interval;
import io.mlpool.market.SeriesKey;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.json.JsonMapper;

/** How far the candles of each series were scored, and what was found: written together, so that a candle is told once whatever dies. */
final class FindingStore {

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final Clock clock;

    FindingStore(JdbcClient jdbc, TransactionTemplate transaction, Clock clock) {
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.clock = clock;
    }

    /**
     * A series with candles that were not scored yet.
     *
     * @param scoredTo close time (inclusive); the epoch where nothing was
     * @param newest close time of its newest candle
     */
    record Due(String asset, Instant scoredTo, Instant newest) {}

    /** Series with candles that closed until {@code until} (inclusive) and that a model has not scored, by the names of their assets. */
    List<Due> due(String detector, Interval interval, Instant until) {
        return jdbc.sql("""
                SELECT s.asset, coalesce(p.scored_to, 'epoch') AS scored_to, newest.open_time
                FROM series s
                CROSS JOIN LATERAL (
                  SELECT open_time FROM candle WHERE series_id = s.id AND finished AND open_time <= :last
                  ORDER BY open_time DESC LIMIT 1) newest
                LEFT JOIN forest_progress p ON p.detector = :detector AND p.asset = s.asset
                  AND p.vs_currency = s.vs_currency AND p.interval = s.interval
                WHERE s.vs_currency = :vs AND s.interval = :interval
                  AND (p.scored_to IS NULL OR newest.open_time >= p.scored_to)
                ORDER BY s.asset
                """)
                .param("last", utc(until.minus(interval.duration())))
                .param("detector", detector)
                .param("vs", SeriesKey.USD)
                .param("interval", interval.label())
                .query((row, n) -> new Due(
                        row.getString("asset"),
                        row.getTimestamp("scored_to").toInstant(),
                        row.getTimestamp("open_time").toInstant().plus(interval.duration())))
                .list();
    }

    /** The last finding of a series that closed until {@code until} (inclusive). */
    Disturbance last(String detector, SeriesKey key, Instant until) {
        return jdbc.sql("""
                SELECT at, score - threshold AS excess FROM anomaly
                WHERE detector = :detector AND asset = :asset AND vs_currency = :vs AND interval = :interval AND at <= :until
                ORDER BY at DESC LIMIT 1
                """)
                .params(named(detector, key))
                .param("until", utc(until))
                .query((row, n) ->
                        new Disturbance(row.getTimestamp("at").toInstant().getEpochSecond(), row.getDouble("excess")))
                .optional()
                .orElse(Disturbance.NONE);
    }

    /**
     * Writes how far a series was scored and what was found on the way, all or nothing.
     *
     * @param before how far it was when that was read
     * @return false when it is elsewhere by now, because another replica was faster: nothing is written then
     */
    boolean save(String detector, int version, SeriesKey key, Instant before, Instant now, List<Finding> findings) {
        return Boolean.TRUE.equals(transaction.execute(status -> {
            boolean moved = move(detector, key, before, now);
            if (moved) {
                findings.forEach(finding -> add(detector, version, key, finding));
            }
            return moved;
        }));
    }

    private boolean move(String detector, SeriesKey key, Instant before, Instant now) {
        return jdbc.sql("""
                INSERT INTO forest_progress AS p (detector, asset, vs_currency, interval, scored_to)
                VALUES (:detector, :asset, :vs, :interval, :now)
                ON CONFLICT (detector, asset, vs_currency, interval)
                DO UPDATE SET scored_to = EXCLUDED.scored_to WHERE p.scored_to = :before
                """)
                        .params(named(detector, key))
                        .param("before", utc(before))
                        .param("now", utc(now))
                        .update()
                == 1;
    }

    private void add(String detector, int version, SeriesKey key, Finding finding) {
        Map<String, Double> attribution = new LinkedHashMap<>();
        finding.attribution().forEach((dimension, share) -> attribution.put(dimension.label(), share));
        Dimension dimension = finding.dimension();
        jdbc.sql("""
                INSERT INTO anomaly (detector, model_version, asset, vs_currency, interval, at, grade, score, threshold, dimension,
                                     observed, expected, attribution, found_at)
                VALUES (:detector, :version, :asset, :vs, :interval, :at, :grade, :score, :threshold, :dimension,
                        :observed, :expected, :attribution::jsonb, :now)
                ON CONFLICT (detector, asset, vs_currency, interval, at) DO NOTHING
                """)
                .params(named(detector, key))
                .param("version", version)
                .param("at", utc(finding.at()))
                .param("grade", finding.grade())
                .param("score", finding.score())
                .param("threshold", finding.threshold())
                .param("dimension", dimension.label())
                .param("observed", finding.observed())
                .param("expected", finding.expected())
                .param("attribution", JsonMapper.shared().writeValueAsString(attribution))
                .param("now", utc(clock.instant()))
                .update();
    }

    private static Map<String, Object> named(String detector, SeriesKey key) {
        return Map.of(
                "detector",
                detector,
                "asset",
                key.asset(),
                "vs",
                key.vsCurrency(),
                "interval",
                key.interval().label());
    }

    private static OffsetDateTime utc(Instant time) {
        return time.atOffset(ZoneOffset.UTC);
    }
}
