package io.mlpool.featurestore;

import io.mlpool.market.SeriesKey;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Reads stored values. */
public final class FeatureReader {

    private static final int FETCH_SIZE = 1_000;

    private final JdbcClient jdbc;

    public FeatureReader(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Which value is asked for.
     *
     * @param at newest event time that may be answered (inclusive)
     * @param known time at which the value must have counted (inclusive)
     */
    public record Asked(String asset, Instant at, Instant known) {}

    /**
     * What was known.
     *
     * @param createdAt from when on it counted
     */
    public record Known(FeatureRow row, Instant createdAt) {}

    /**
     * The newest value of each question as it was known, in the order of the questions; null where none was. One query, whatever they
     * are about.
     */
    public List<@Nullable Known> asOf(PublishedView view, List<Asked> asked) {
        List<@Nullable Known> answers = new ArrayList<>(Collections.nCopies(asked.size(), null));
        jdbc.sql("""
                SELECT q.n, v.event_time, v.created_at, v.vector
                FROM unnest(:assets::text[], :at::timestamptz[], :known::timestamptz[]) WITH ORDINALITY AS q (asset, at, known, n)
                JOIN feature_view f ON f.name = :view AND f.hash = :hash
                JOIN series s ON s.asset = q.asset AND s.vs_currency = :vs AND s.interval = f.interval
                CROSS JOIN LATERAL (
                  SELECT event_time, created_at, vector FROM feature_value
                  WHERE view_id = f.id AND series_id = CASE f.entity WHEN 'asset' THEN s.id ELSE 0 END
                    AND event_time <= q.at AND created_at <= q.known
                  ORDER BY event_time DESC, created_at DESC LIMIT 1) v
                """)
                .param("assets", asked.stream().map(Asked::asset).toArray(String[]::new))
                .param("at", asked.stream().map(one -> utc(one.at()).toString()).toArray(String[]::new))
                .param(
                        "known",
                        asked.stream().map(one -> utc(one.known()).toString()).toArray(String[]::new))
                .param("view", view.name())
                .param("hash", view.hash())
                .param("vs", SeriesKey.USD)
                .query(row -> {
                    answers.set(row.getInt("n") - 1, known(row));
                });
        return answers;
    }

    /**
     * A view as it stands in the database, whichever build computes it.
     *
     * @param features in the order of the values
     */
    public record StoredView(int id, String name, String hash, List<String> features) {}

    /** The view of this name that was in use last. */
    public Optional<StoredView> find(String name) {
        return jdbc.sql(
                        "SELECT id, hash, features FROM feature_view WHERE name = :name ORDER BY used_at DESC, id DESC LIMIT 1")
                .param("name", name)
                .query((row, n) -> new StoredView(row.getInt("id"), name, row.getString("hash"), List.of((String[])
                        row.getArray("features").getArray())))
                .optional();
    }

    /** Names of all views with values. */
    public List<String> names() {
        return jdbc.sql("SELECT DISTINCT name FROM feature_view ORDER BY name")
                .query(String.class)
                .list();
    }

    /**
     * A row with whom it is about.
     *
     * @param entity an asset, or {@code market}
     */
    public record Stored(String entity, Known known) {}

    /**
     * The newest version of each value of a span of event times, ordered by event time within an entity. Within a transaction they are
     * streamed.
     *
     * @param from inclusive
     * @param to exclusive
     */
    public void each(StoredView view, Instant from, Instant to, Consumer<Stored> reader) {
        jdbc.sql("""
                SELECT DISTINCT ON (v.series_id, v.event_time)
                  coalesce(s.asset, 'market') AS entity, v.event_time, v.created_at, v.vector
                FROM feature_value v LEFT JOIN series s ON s.id = v.series_id
                WHERE v.view_id = :view AND v.event_time >= :from AND v.event_time < :to
                ORDER BY v.series_id, v.event_time, v.created_at DESC
                """)
                .withFetchSize(FETCH_SIZE)
                .param("view", view.id())
                .param("from", utc(from))
                .param("to", utc(to))
                .query(row -> {
                    reader.accept(new Stored(row.getString("entity"), known(row)));
                });
    }

    private static Known known(ResultSet row) throws SQLException {
        return new Known(
                new FeatureRow(row.getTimestamp("event_time").toInstant(), vector(row)),
                row.getTimestamp("created_at").toInstant());
    }

    /** The column {@code vector} of a row. */
    public static float[] vector(ResultSet row) throws SQLException {
        Float[] boxed = (Float[]) row.getArray("vector").getArray();
        float[] values = new float[boxed.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = boxed[i];
        }
        return values;
    }

    private static OffsetDateTime utc(Instant time) {
        return time.truncatedTo(ChronoUnit.MICROS).atOffset(ZoneOffset.UTC);
    }
}
