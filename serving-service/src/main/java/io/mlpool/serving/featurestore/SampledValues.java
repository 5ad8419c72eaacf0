package io.mlpool.serving.featurestore;

import io.mlpool.featurestore.FeatureReader;
import io.mlpool.featurestore.PublishedView;
import io.mlpool.market.SeriesKey;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Values of a view from as many whole entities as there is room for, drawn in an order that is always the same. */
final class SampledValues {

    /** Rows that are read at most. */
    static final int MOST_ROWS = 20_000;

    private final JdbcClient jdbc;

    SampledValues(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Some rows.
     *
     * @param whole whether there are no others
     */
    record Sample(List<float[]> rows, boolean whole) {}

    /** @param from event time (inclusive), {@code to} (exclusive) */
    Sample of(PublishedView view, Instant from, Instant to) {
        List<float[]> rows = new ArrayList<>();
        jdbc.sql("""
                SELECT v.vector
                FROM feature_view f
                CROSS JOIN LATERAL (
                  SELECT id, hashint4(id) AS place FROM series s
                  WHERE f.entity = 'asset' AND s.interval = f.interval AND s.vs_currency = :vs
                  UNION ALL SELECT 0, 0 WHERE f.entity = 'market'
                  ORDER BY 2, 1) entity
                CROSS JOIN LATERAL (
                  SELECT DISTINCT ON (event_time) vector FROM feature_value
                  WHERE view_id = f.id AND series_id = entity.id AND event_time >= :from AND event_time < :to
                  ORDER BY event_time, created_at DESC) v
                WHERE f.name = :name AND f.hash = :hash
                LIMIT :most
                """)
                .param("vs", SeriesKey.USD)
                .param("name", view.name())
                .param("hash", view.hash())
                .param("from", from.atOffset(ZoneOffset.UTC))
                .param("to", to.atOffset(ZoneOffset.UTC))
                .param("most", MOST_ROWS + 1)
                .query(row -> {
                    rows.add(FeatureReader.vector(row));
                });
        boolean whole = rows.size() <= MOST_ROWS;
        return new Sample(whole ? rows : rows.subList(0, MOST_ROWS), whole);
    }
}
