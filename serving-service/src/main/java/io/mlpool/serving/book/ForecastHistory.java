package io.mlpool.serving.book;

import io.mlpool.market.Interval;
import io.mlpool.model.Horizon;
import io.mlpool.serving.forecast.Doubts;
import io.mlpool.serving.paging.Cursor;
import io.mlpool.serving.paging.Page;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Reads stored forecasts. */
final class ForecastHistory {

    private static final String LIST = "predictions";

    private final JdbcClient jdbc;

    ForecastHistory(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Which forecasts.
     *
     * @param from earliest {@code as_of}, inclusive
     * @param to latest {@code as_of}, exclusive
     */
    record Query(
            @Nullable String asset,
            @Nullable Interval interval,
            @Nullable Horizon horizon,
            Instant from,
            Instant to) {}

    /** Those that match behind the cursor, newest first. */
    Page<PastForecast> page(Query query, @Nullable String cursorText, int limit) {
        Cursor cursor = Cursor.read(LIST, 6, cursorText);
        String behind = cursor == null ? "" : """
                AND as_of <= :lastAsOf
                AND (as_of < :lastAsOf OR (asset, target_time, model, version, id)
                     > (:lastAsset, :lastTarget, :lastModel, :lastVersion, :lastId))
                """;
        JdbcClient.StatementSpec sql = matching(query, behind, limit + 1);
        if (cursor != null) {
            sql = sql.param("lastAsOf", cursor.time(0).atOffset(ZoneOffset.UTC))
                    .param("lastAsset", cursor.string(1))
                    .param("lastTarget", cursor.time(2).atOffset(ZoneOffset.UTC))
                    .param("lastModel", cursor.string(3))
                    .param("lastVersion", cursor.number(4))
                    .param("lastId", cursor.uuid(5));
        }
        List<PastForecast> found = sql.query((row, n) -> forecast(row)).list();
        return Page.of(found, limit, ForecastHistory::place);
    }

    private static Cursor place(PastForecast last) {
        return Cursor.after(
                LIST,
                last.asOf(),
                last.asset(),
                last.targetTime(),
                last.model().name(),
                last.model().version(),
                last.predictionId());
    }

    private JdbcClient.StatementSpec matching(Query query, String behind, int limit) {
        return jdbc.sql("""
                SELECT * FROM forecast
                WHERE (:asset::text IS NULL OR asset = :asset) AND (:interval::text IS NULL OR interval = :interval)
                  AND (:horizon::text IS NULL OR horizon = :horizon) AND as_of >= :from AND as_of < :to
                  %s
                ORDER BY as_of DESC, asset, target_time, model, version, id LIMIT :limit
                """.formatted(behind))
                .param("asset", query.asset())
                .param(
                        "interval",
                        query.interval() == null ? null : query.interval().label())
                .param(
                        "horizon",
                        query.horizon() == null ? null : query.horizon().label())
                .param("from", query.from().atOffset(ZoneOffset.UTC))
                .param("to", query.to().atOffset(ZoneOffset.UTC))
                .param("limit", limit);
    }

    private static PastForecast forecast(ResultSet row) throws SQLException {
        Double[] levels = numbers(row, "levels");
        Double[] prices = numbers(row, "prices");
        List<String> reasons = reasons(row);
        return new PastForecast(
                row.getObject("id", UUID.class),
                row.getString("asset"),
                row.getString("vs_currency"),
                row.getString("interval"),
                Objects.requireNonNull(instant(row, "as_of")),
                Objects.requireNonNull(instant(row, "target_time")),
                row.getString("horizon"),
                row.getDouble("last_price"),
                prices[List.of(levels).indexOf(0.5)],
                byLevel(levels, prices),
                row.getDouble("probability_up"),
                reasons.isEmpty(),
                reasons,
                new PastForecast.Model(
                        row.getString("model"),
                        row.getInt("version"),
                        row.getString("variant"),
                        row.getString("run_id")),
                (Double) row.getObject("actual_price"),
                (Double) row.getObject("absolute_error"),
                (Double) row.getObject("naive_error"),
                (Boolean) row.getObject("inside_interval"),
                row.getArray("pinball_losses") == null ? null : byLevel(levels, numbers(row, "pinball_losses")),
                instant(row, "scored_at"));
    }

    /** What spoke against it when it was made; candles that were stale by then are a reason like any other. */
    private static List<String> reasons(ResultSet row) throws SQLException {
        Optional<String> stale = Doubts.stale(
                Objects.requireNonNull(instant(row, "as_of")),
                Interval.of(row.getString("interval")),
                Objects.requireNonNull(instant(row, "created_at")));
        String[] doubts = (String[]) row.getArray("doubts").getArray();
        return Stream.concat(stale.stream(), Stream.of(doubts)).toList();
    }

    private static Double[] numbers(ResultSet row, String column) throws SQLException {
        Array array = row.getArray(column);
        return (Double[]) array.getArray();
    }

    private static Map<String, Double> byLevel(Double[] levels, Double[] values) {
        Map<String, Double> byLevel = new LinkedHashMap<>();
        for (int i = 0; i < levels.length; i++) {
            byLevel.put(levels[i].toString(), values[i]);
        }
        return byLevel;
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        Timestamp time = row.getTimestamp(column);
        return time == null ? null : time.toInstant();
    }
}
