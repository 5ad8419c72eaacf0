package io.mlpool.serving.risk;

import io.mlpool.serving.market.TimeSpan;
import io.mlpool.serving.paging.Cursor;
import io.mlpool.serving.paging.Page;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Reads stored scores of champions. Of several at one time the one that was computed last counts. */
final class RiskHistory {

    private static final String LIST = "risk";
    private static final String PAST = "risk-history";
    private static final Duration DAY = Duration.ofDays(1);
    private static final TypeReference<Map<String, Double>> NUMBERS = new TypeReference<>() {};

    private final JdbcClient jdbc;
    private final JsonMapper json = JsonMapper.shared();

    RiskHistory(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * The newest score of an asset beside that of the day before.
     *
     * @param yesterday the newest one that is at least 24 hours older; null when there is none of the two days before
     */
    record Newest(RiskScore score, @Nullable Double yesterday) {}

    /** How a score stood. */
    record Point(Instant asOf, double score, double probability, int version) {}

    /** The newest scores of a model, the highest first. */
    Page<Newest> newest(String model, double atLeast, @Nullable String cursorText, int limit) {
        Cursor cursor = Cursor.read(LIST, 2, cursorText);
        List<Newest> found = jdbc.sql("""
                SELECT * FROM (
                  SELECT s.*, before.score AS yesterday FROM asset a
                  CROSS JOIN LATERAL (
                    SELECT * FROM risk_score WHERE asset = a.id AND model = :model AND variant = 'champion'
                    ORDER BY as_of DESC, computed_at DESC LIMIT 1) s
                  LEFT JOIN LATERAL (
                    SELECT score FROM risk_score
                    WHERE asset = a.id AND model = :model AND variant = 'champion'
                      AND as_of <= s.as_of - interval '1 day' AND as_of > s.as_of - interval '2 days'
                    ORDER BY as_of DESC, computed_at DESC LIMIT 1) before ON true) newest
                WHERE score >= :atLeast AND (:lastAsset::text IS NULL OR score < :lastScore
                  OR (score = :lastScore AND asset > :lastAsset))
                ORDER BY score DESC, asset LIMIT :limit
                """)
                .param("model", model)
                .param("atLeast", atLeast)
                .param("lastScore", cursor == null ? 0 : cursor.decimal(0))
                .param("lastAsset", cursor == null ? null : cursor.string(1))
                .param("limit", limit + 1)
                .query((row, n) -> new Newest(score(row), (Double) row.getObject("yesterday")))
                .list();
        return Page.of(
                found,
                limit,
                last -> Cursor.after(LIST, last.score().score(), last.score().asset()));
    }

    /** The newest score as of a time (inclusive). */
    Optional<RiskScore> newest(String model, String asset, Instant asOf) {
        return jdbc.sql("""
                SELECT * FROM risk_score
                WHERE asset = :asset AND model = :model AND variant = 'champion' AND as_of <= :asOf
                ORDER BY as_of DESC, computed_at DESC LIMIT 1
                """)
                .param("asset", asset)
                .param("model", model)
                .param("asOf", asOf.atOffset(ZoneOffset.UTC))
                .query((row, n) -> score(row))
                .optional();
    }

    /** The score that a later one is compared with: at least 24 hours older, but not two days. */
    Optional<RiskScore> dayBefore(RiskScore score) {
        Instant asOf = score.asOf().minus(DAY);
        return newest(score.model().name(), score.asset(), asOf)
                .filter(before -> before.asOf().isAfter(asOf.minus(DAY)));
    }

    /** The last score of each UTC day from a time on, oldest first. */
    List<Point> trend(String model, String asset, Instant from) {
        return jdbc.sql("""
                SELECT DISTINCT ON ((as_of AT TIME ZONE 'UTC')::date) as_of, score, probability, version FROM risk_score
                WHERE asset = :asset AND model = :model AND variant = 'champion' AND as_of >= :from
                ORDER BY (as_of AT TIME ZONE 'UTC')::date, as_of DESC, computed_at DESC
                """)
                .param("asset", asset)
                .param("model", model)
                .param("from", from.atOffset(ZoneOffset.UTC))
                .query((row, n) -> point(row))
                .list();
    }

    /** All scores of an asset within a span, newest first. */
    Page<Point> past(String model, String asset, TimeSpan span, @Nullable String cursorText, int limit) {
        Cursor cursor = Cursor.read(PAST, 2, cursorText);
        List<Point> found = jdbc.sql("""
                SELECT as_of, score, probability, version FROM risk_score
                WHERE asset = :asset AND model = :model AND variant = 'champion' AND as_of >= :from AND as_of < :to
                  AND (:lastAsOf::timestamptz IS NULL OR (as_of, version) < (:lastAsOf, :lastVersion))
                ORDER BY as_of DESC, version DESC LIMIT :limit
                """)
                .param("asset", asset)
                .param("model", model)
                .param("from", span.from().atOffset(ZoneOffset.UTC))
                .param("to", span.to().atOffset(ZoneOffset.UTC))
                .param("lastAsOf", cursor == null ? null : cursor.time(0).atOffset(ZoneOffset.UTC))
                .param("lastVersion", cursor == null ? 0 : cursor.number(1))
                .param("limit", limit + 1)
                .query((row, n) -> point(row))
                .list();
        return Page.of(found, limit, last -> Cursor.after(PAST, last.asOf(), last.version()));
    }

    private static Point point(ResultSet row) throws SQLException {
        return new Point(
                row.getTimestamp("as_of").toInstant(),
                row.getDouble("score"),
                row.getDouble("probability"),
                row.getInt("version"));
    }

    private RiskScore score(ResultSet row) throws SQLException {
        return new RiskScore(
                new RiskScore.Model(
                        row.getString("model"),
                        row.getInt("version"),
                        row.getString("variant"),
                        row.getString("run_id")),
                row.getString("asset"),
                row.getString("protocol"),
                row.getTimestamp("as_of").toInstant(),
                row.getDouble("probability"),
                row.getDouble("score"),
                row.getString("capped_by"),
                row.getDouble("margin"),
                row.getDouble("base"),
                json.readValue(row.getString("factors"), NUMBERS),
                json.readValue(row.getString("features"), NUMBERS));
    }
}
