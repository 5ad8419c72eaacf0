package io.mlpool.serving.anomalies;

import io.mlpool.market.SeriesKey;
import java.sql.Types;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.json.JsonMapper;

/** Where the detectors stand, and what they found: written together, so that a candle is told once whatever dies. */
public final class DetectorStore {

    /** Name of these detectors in the table of anomalies. */
    static final String STREAM = "stream";

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final Clock clock;

    public DetectorStore(JdbcClient jdbc, TransactionTemplate transaction, Clock clock) {
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.clock = clock;
    }

    /** Where the detector of a series stands; empty when there is none. */
    public Optional<Watched.Stored> find(SeriesKey key) {
        return jdbc.sql("""
                SELECT settings, scored_to, checkpoint, points FROM stream_detector
                WHERE asset = :asset AND vs_currency = :vs AND interval = :interval
                """)
                .param("asset", key.asset())
                .param("vs", key.vsCurrency())
                .param("interval", key.interval().label())
                .query((row, n) -> new Watched.Stored(
                        row.getString("settings"),
                        row.getTimestamp("scored_to").toInstant(),
                        row.getBytes("checkpoint"),
                        row.getBytes("points")))
                .optional();
    }

    /**
     * Writes where a detector stands now and what it found on the way, all or nothing.
     *
     * @param before where it stood when it was read; null when there was none
     * @return false when it stands elsewhere by now, because another replica was faster: nothing is written then
     */
    public boolean save(SeriesKey key, @Nullable Instant before, Watched.Stored now, List<Anomaly> found) {
        return Boolean.TRUE.equals(transaction.execute(status -> {
            boolean moved = move(key, before, now);
            if (moved) {
                found.forEach(anomaly -> add(key, anomaly));
            }
            return moved;
        }));
    }

    /** A checkpoint that is not written anew stays, unread and unmoved. */
    private boolean move(SeriesKey key, @Nullable Instant before, Watched.Stored now) {
        return jdbc.sql("""
                INSERT INTO stream_detector AS d (asset, vs_currency, interval, settings, scored_to, checkpoint, points)
                VALUES (:asset, :vs, :interval, :settings, :scoredTo, :checkpoint, :points)
                ON CONFLICT (asset, vs_currency, interval) DO UPDATE
                SET settings = EXCLUDED.settings, scored_to = EXCLUDED.scored_to, points = EXCLUDED.points,
                    checkpoint = CASE WHEN EXCLUDED.checkpoint IS NULL AND d.settings = EXCLUDED.settings
                                      THEN d.checkpoint ELSE EXCLUDED.checkpoint END
                WHERE d.scored_to = :before
                """)
                        .param("asset", key.asset())
                        .param("vs", key.vsCurrency())
                        .param("interval", key.interval().label())
                        .param("settings", now.settings())
                        .param("scoredTo", utc(now.scoredTo()))
                        .param("checkpoint", now.checkpoint())
                        .param("points", now.points())
                        .param("before", before == null ? null : utc(before), Types.TIMESTAMP_WITH_TIMEZONE)
                        .update()
                > 0;
    }

    private void add(SeriesKey key, Anomaly anomaly) {
        jdbc.sql("""
                INSERT INTO anomaly (detector, asset, vs_currency, interval, at, grade, score, threshold, dimension, observed,
                                     expected, attribution, found_at)
                VALUES (:detector, :asset, :vs, :interval, :at, :grade, :score, :threshold, :dimension, :observed,
                        :expected, :attribution::jsonb, :now)
                ON CONFLICT (detector, asset, vs_currency, interval, at) DO NOTHING
                """)
                .param("detector", STREAM)
                .param("asset", key.asset())
                .param("vs", key.vsCurrency())
                .param("interval", key.interval().label())
                .param("at", utc(anomaly.at()))
                .param("grade", anomaly.grade())
                .param("score", anomaly.score())
                .param("threshold", anomaly.threshold())
                .param("dimension", anomaly.dimension())
                .param("observed", anomaly.observed())
                .param("expected", anomaly.expected(), Types.DOUBLE)
                .param("attribution", JsonMapper.shared().writeValueAsString(anomaly.attribution()))
                .param("now", utc(clock.instant()))
                .update();
    }

    private static OffsetDateTime utc(Instant time) {
        return time.atOffset(ZoneOffset.UTC);
    }
}
