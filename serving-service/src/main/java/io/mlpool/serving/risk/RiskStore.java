package io.mlpool.serving.risk;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import org.springframework.jdbc.core.JdbcTemplate;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes scores to PostgreSQL: what a version said of an asset at a time is written once. Where it said so as the challenger and is
 * the champion by now, that becomes the champion's score.
 */
final class RiskStore {

    private static final int BATCH = 1_000;

    private final JdbcTemplate jdbc;
    private final JsonMapper json = JsonMapper.shared();
    private final Clock clock;

    RiskStore(JdbcTemplate jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** Gives how many were new. */
    int save(List<RiskScore> scores) {
        OffsetDateTime now = clock.instant().atOffset(ZoneOffset.UTC);
        int[][] added = jdbc.batchUpdate("""
                INSERT INTO risk_score (model, version, variant, run_id, asset, protocol, as_of, probability, score, capped_by,
                  margin, base, factors, features, computed_at)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?::jsonb, ?::jsonb, ?)
                ON CONFLICT (model, version, asset, as_of)
                DO UPDATE SET variant = EXCLUDED.variant, computed_at = EXCLUDED.computed_at
                WHERE EXCLUDED.variant = 'champion' AND risk_score.variant <> 'champion'
                """, scores, BATCH, (row, score) -> fill(row, score, now));
        return Arrays.stream(added).flatMapToInt(Arrays::stream).sum();
    }

    private void fill(PreparedStatement row, RiskScore score, OffsetDateTime now) throws SQLException {
        row.setString(1, score.model().name());
        row.setInt(2, score.model().version());
        row.setString(3, score.model().variant());
        row.setString(4, score.model().runId());
        row.setString(5, score.asset());
        row.setString(6, score.protocol());
        row.setObject(7, score.asOf().atOffset(ZoneOffset.UTC));
        row.setDouble(8, score.probability());
        row.setDouble(9, score.score());
        row.setString(10, score.cappedBy());
        row.setDouble(11, score.margin());
        row.setDouble(12, score.base());
        row.setString(13, json.writeValueAsString(score.factors()));
        row.setString(14, json.writeValueAsString(score.features()));
        row.setObject(15, now);
    }
}
