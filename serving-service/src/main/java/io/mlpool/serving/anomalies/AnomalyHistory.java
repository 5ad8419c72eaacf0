package io.mlpool.serving.anomalies;

import io.mlpool.market.Interval;
import io.mlpool.serving.market.TimeSpan;
import io.mlpool.serving.paging.Cursor;
import io.mlpool.serving.paging.Page;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Reads stored anomalies, whichever detector found them. */
final class AnomalyHistory {

    private static final String LIST = "anomalies";
    private static final TypeReference<Map<String, Double>> SHARES = new TypeReference<>() {};

    private final JdbcClient jdbc;

    AnomalyHistory(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Which anomalies.
     *
     * @param minGrade inclusive
     * @param span of their {@code at}
     */
    record Query(
            @Nullable String asset,
            @Nullable Interval interval,
            @Nullable String detector,
            double minGrade,
            TimeSpan span) {}

    /** Those that match behind the cursor, newest first. */
    Page<AnomalyView> page(Query query, @Nullable String cursorText, int limit) {
        Cursor cursor = Cursor.read(LIST, 2, cursorText);
        String behind = cursor == null ? "" : "AND (at, id) < (:lastAt, :lastId)";
        JdbcClient.StatementSpec sql = matching(query, behind, limit + 1);
        if (cursor != null) {
            sql = sql.param("lastAt", cursor.time(0).atOffset(ZoneOffset.UTC)).param("lastId", cursor.bigNumber(1));
        }
        List<AnomalyView> found = sql.query((row, n) -> anomaly(row)).list();
        return Page.of(found, limit, last -> Cursor.after(LIST, last.at(), last.id()));
    }

    private JdbcClient.StatementSpec matching(Query query, String behind, int limit) {
        Interval interval = query.interval();
        return jdbc.sql("""
                SELECT * FROM anomaly
                WHERE (:asset::text IS NULL OR asset = :asset) AND (:interval::text IS NULL OR interval = :interval)
                  AND (:detector::text IS NULL OR detector = :detector) AND grade >= :minGrade AND at >= :from AND at < :to
                  %s
                ORDER BY at DESC, id DESC LIMIT :limit
                """.formatted(behind))
                .param("asset", query.asset())
                .param("interval", interval == null ? null : interval.label())
                .param("detector", query.detector())
                .param("minGrade", query.minGrade())
                .param("from", query.span().from().atOffset(ZoneOffset.UTC))
                .param("to", query.span().to().atOffset(ZoneOffset.UTC))
                .param("limit", limit);
    }

    private static AnomalyView anomaly(ResultSet row) throws SQLException {
        return new AnomalyView(
                row.getLong("id"),
                row.getString("detector"),
                (Integer) row.getObject("model_version"),
                row.getString("asset"),
                row.getString("vs_currency"),
                row.getString("interval"),
                row.getTimestamp("at").toInstant(),
                row.getDouble("grade"),
                row.getDouble("score"),
                row.getDouble("threshold"),
                row.getString("dimension"),
                row.getDouble("observed"),
                (Double) row.getObject("expected"),
                JsonMapper.shared().readValue(row.getString("attribution"), SHARES),
                row.getTimestamp("found_at").toInstant());
    }
}
