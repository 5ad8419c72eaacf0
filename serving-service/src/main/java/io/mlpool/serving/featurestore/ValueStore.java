package io.mlpool.serving.featurestore;

import io.mlpool.featurestore.FeatureReader;
import io.mlpool.featurestore.FeatureReader.Known;
import io.mlpool.featurestore.FeatureRow;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Gatherers;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Writes values; what is written is never changed. */
final class ValueStore {

    /** They travel to the database as text. */
    private static final int MOST_AT_ONCE = 2_000;

    private final JdbcClient jdbc;

    ValueStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** An event of a series. */
    record Event(int seriesId, Instant time) {}

    /** A row to write. */
    record NewRow(int seriesId, FeatureRow row) {}

    /** The newest stored values of some series, event times from {@code from} to {@code to}, both inclusive. */
    Map<Event, Known> newest(int viewId, List<Integer> series, Instant from, Instant to) {
        Map<Event, Known> newest = new HashMap<>();
        jdbc.sql("""
                SELECT DISTINCT ON (series_id, event_time) series_id, event_time, created_at, vector
                FROM feature_value
                WHERE view_id = :view AND series_id = ANY(:series) AND event_time BETWEEN :from AND :to
                ORDER BY series_id, event_time, created_at DESC
                """)
                .withFetchSize(MOST_AT_ONCE)
                .param("view", viewId)
                .param("series", series.toArray(Integer[]::new))
                .param("from", utc(from))
                .param("to", utc(to))
                .query(row -> {
                    Instant event = row.getTimestamp("event_time").toInstant();
                    newest.put(
                            new Event(row.getInt("series_id"), event),
                            new Known(
                                    new FeatureRow(event, FeatureReader.vector(row)),
                                    row.getTimestamp("created_at").toInstant()));
                });
        return newest;
    }

    /** @param rows at least one */
    void append(int viewId, List<NewRow> rows, Instant createdAt) {
        rows.stream().gather(Gatherers.windowFixed(MOST_AT_ONCE)).forEach(some -> insert(viewId, some, createdAt));
        count(viewId, rows);
    }

    private void count(int viewId, List<NewRow> rows) {
        Instant newest = rows.stream()
                .map(one -> one.row().eventTime())
                .max(Comparator.naturalOrder())
                .orElseThrow();
        jdbc.sql("""
                UPDATE feature_view SET row_count = row_count + :rows, newest_event = greatest(newest_event, :newest) WHERE id = :view
                """)
                .param("view", viewId)
                .param("rows", rows.size())
                .param("newest", utc(newest))
                .update();
    }

    private void insert(int viewId, List<NewRow> rows, Instant createdAt) {
        jdbc.sql("""
                INSERT INTO feature_value (view_id, series_id, event_time, created_at, vector)
                SELECT :view, series_id, event_time, :created, vector::real[]
                FROM unnest(:series::integer[], :events::timestamptz[], :vectors::text[]) AS row (series_id, event_time, vector)
                """)
                .param("view", viewId)
                .param("created", utc(createdAt))
                .param("series", rows.stream().map(NewRow::seriesId).toArray(Integer[]::new))
                .param(
                        "events",
                        rows.stream()
                                .map(one -> one.row().eventTime().toString())
                                .toArray(String[]::new))
                .param(
                        "vectors",
                        rows.stream().map(one -> text(one.row().values())).toArray(String[]::new))
                .update();
    }

    /** As PostgreSQL writes an array: {@code {0.5,NaN}}; the shortest text of a float is read back to the same bits. */
    private static String text(float[] values) {
        String text = Arrays.toString(values);
        return "{" + text.substring(1, text.length() - 1) + "}";
    }

    private static OffsetDateTime utc(Instant time) {
        return time.atOffset(ZoneOffset.UTC);
    }
}
