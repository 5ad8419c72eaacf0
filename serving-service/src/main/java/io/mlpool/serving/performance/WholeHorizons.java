package io.mlpool.serving.performance;

import io.mlpool.serving.performance.Standing.AppliedCorrection;
import java.sql.ResultSet;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What is told of whole horizons alone: whether estimated errors are in the order of those that came, and how quantiles are corrected. */
final class WholeHorizons {

    private static final Duration RANKED = Duration.ofDays(30);

    /** Of each version and horizon, the newest: of 5,000 assets four days tell as much as thirty, whose sorting takes seconds. */
    private static final int MOST_RANKED = 20_000;

    private final JdbcClient jdbc;

    WholeHorizons(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Adds it to the standings that were made of these. */
    List<Standing> add(PerformanceQuery query, List<StandingWriter> writers, List<Standing> standings) {
        Map<Part, Double> ranks = rankCorrelations(query);
        Map<String, AppliedCorrection> corrections = corrections(query);
        List<Standing> whole = new ArrayList<>();
        for (int i = 0; i < standings.size(); i++) {
            Standing one = standings.get(i);
            whole.add(one.with(
                    ranks.get(writers.get(i).part()),
                    corrections.get(place(one.model(), one.version(), one.horizon()))));
        }
        return whole;
    }

    /** Ranks are not sums: they are made of the assets' days, whole ones. */
    private Map<Part, Double> rankCorrelations(PerformanceQuery query) {
        Instant last = query.to().minus(1, ChronoUnit.MICROS);
        LocalDate first = day(last.minus(RANKED)).plusDays(1);
        Map<Part, Double> ranks = new HashMap<>();
        asked("""
                SELECT m.model, m.version, m.seconds, ranked.variant, '' AS part, ranked.rank
                FROM forecast_measure m CROSS JOIN LATERAL (
                  SELECT variant, corr(estimated, realised) AS rank
                  FROM (
                    SELECT variant, rank() OVER (PARTITION BY variant ORDER BY estimated) AS estimated,
                      rank() OVER (PARTITION BY variant ORDER BY realised) AS realised
                    FROM (
                      SELECT variant, estimated_error / forecasts AS estimated, absolute_error / forecasts AS realised
                      FROM forecast_day d
                      WHERE d.model = m.model AND d.version = m.version AND d.horizon = m.horizon AND d.day BETWEEN :first AND :last
                        AND (:asset::text IS NULL OR asset = :asset) AND (:variant::text IS NULL OR variant = :variant)
                        AND (:liquidity::text IS NULL OR liquidity = :liquidity)
                      ORDER BY d.day DESC, d.asset LIMIT :most) newest) ranks
                  GROUP BY variant HAVING count(*) >= 10) ranked
                WHERE (:model::text IS NULL OR m.model = :model) AND (:version::integer IS NULL OR m.version = :version)
                  AND (:horizon::text IS NULL OR m.horizon = :horizon)
                """, query)
                .param("first", first.isBefore(day(query.from())) ? day(query.from()) : first)
                .param("last", day(last))
                .param("asset", query.asset())
                .param("variant", query.variant())
                .param("liquidity", query.liquidity())
                .param("most", MOST_RANKED)
                .query((ResultSet row) -> {
                    double rank = row.getDouble("rank");
                    if (!row.wasNull()) {
                        ranks.put(Part.of(row), rank);
                    }
                });
        return ranks;
    }

    private Map<String, AppliedCorrection> corrections(PerformanceQuery query) {
        Map<String, AppliedCorrection> newest = new HashMap<>();
        asked("""
                SELECT m.model, m.version, m.horizon, m.levels, c.as_of, c.outcomes, c.offsets
                FROM forecast_measure m
                CROSS JOIN LATERAL (
                  SELECT as_of, outcomes, offsets FROM forecast_correction c
                  WHERE c.model = m.model AND c.version = m.version AND c.horizon = m.horizon AND c.as_of < :to
                  ORDER BY as_of DESC LIMIT 1) c
                WHERE (:model::text IS NULL OR model = :model) AND (:version::integer IS NULL OR version = :version)
                  AND (:horizon::text IS NULL OR horizon = :horizon)
                """, query).param("to", query.to().atOffset(ZoneOffset.UTC)).query((ResultSet row) -> {
            Double[] levels = (Double[]) row.getArray("levels").getArray();
            Double[] offsets = (Double[]) row.getArray("offsets").getArray();
            Map<String, Double> byLevel = new LinkedHashMap<>();
            for (int level = 0; level < levels.length; level++) {
                byLevel.put(levels[level].toString(), offsets[level]);
            }
            newest.put(
                    place(row.getString("model"), row.getInt("version"), row.getString("horizon")),
                    new AppliedCorrection(row.getTimestamp("as_of").toInstant(), row.getLong("outcomes"), byLevel));
        });
        return newest;
    }

    private JdbcClient.StatementSpec asked(String sql, PerformanceQuery query) {
        return jdbc.sql(sql)
                .param("model", query.model())
                .param("version", query.version())
                .param(
                        "horizon",
                        query.horizon() == null ? null : query.horizon().label());
    }

    private static String place(String model, int version, String horizon) {
        return String.join("|", model, Integer.toString(version), horizon);
    }

    private static LocalDate day(Instant time) {
        return time.atOffset(ZoneOffset.UTC).toLocalDate();
    }
}
