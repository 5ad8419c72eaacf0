package io.mlpool.serving.performance;

import io.mlpool.serving.paging.Cursor;
import io.mlpool.serving.paging.Page;
import io.mlpool.serving.performance.Standing.AppliedCorrection;
import io.mlpool.serving.performance.Standing.LiquidityGroup;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Reads how forecasts turned out, from the sums that scoring keeps. */
final class PerformanceHistory {

    private static final String LIST = "performance";

    private static final String BY_TIME = """
            SELECT model, version, horizon, variant, liquidity, NULL::text AS asset, target_time AS time,
              (target_time AT TIME ZONE 'UTC')::date AS day, %1$s
            FROM forecast_outcome WHERE target_time >= :from AND target_time < :to""";

    private static final String BY_ASSET = """
            SELECT model, version, horizon, variant, liquidity, asset, day::timestamp AT TIME ZONE 'UTC' AS time, day, %1$s
            FROM forecast_day WHERE day >= (:from AT TIME ZONE 'UTC')::date
              AND day <= ((:to - interval '1 microsecond') AT TIME ZONE 'UTC')::date
              AND (:asset::text IS NULL OR asset = :asset)""";

    private static final String COLUMNS =
            "forecasts, below, quantile_loss, naive_loss, absolute_return, absolute_error, naive_error, spread, estimated_error";

    /** Of each version and horizon; sorting 30 days of 5,000 assets twice takes seconds. */
    private static final int MOST_RANKED = 20_000;

    private final JdbcClient jdbc;

    PerformanceHistory(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Those that match behind the cursor, by model, version, horizon, variant and part. */
    Page<Standing> page(PerformanceQuery query, @Nullable String cursorText, int limit) {
        Cursor cursor = Cursor.read(LIST, 5, cursorText);
        Map<Part, StandingWriter> found = new LinkedHashMap<>();
        asked(query, cursor, limit).query((ResultSet row) -> {
            Part part = part(row);
            found.computeIfAbsent(part, one -> writer(one, row, query)).blocks().add(Outcomes.of(row));
        });
        List<StandingWriter> writers = new ArrayList<>(found.values());
        Page<StandingWriter> page = Page.of(writers, limit, PerformanceHistory::place);
        List<Standing> standings =
                page.items().stream().map(one -> one.write(query.by())).toList();
        return new Page<>(
                query.by() == By.HORIZON ? withWhole(query, page.items(), standings) : standings, page.next());
    }

    private JdbcClient.StatementSpec asked(PerformanceQuery query, @Nullable Cursor cursor, int limit) {
        JdbcClient.StatementSpec sql = jdbc.sql("""
                WITH source AS NOT MATERIALIZED (
                  SELECT s.*, m.seconds, m.interval, m.levels, %2$s AS part
                  FROM forecast_measure m JOIN (%1$s) s USING (model, version, horizon)
                  WHERE (:model::text IS NULL OR model = :model) AND (:version::integer IS NULL OR version = :version)
                    AND (:variant::text IS NULL OR variant = :variant) AND (:horizon::text IS NULL OR horizon = :horizon)
                    AND (:liquidity::text IS NULL OR liquidity = :liquidity)),
                parts AS (
                  SELECT DISTINCT model, version, seconds, variant, part FROM source
                  %3$s
                  ORDER BY model, version, seconds, variant, part LIMIT :limit)
                SELECT model, version, seconds, variant, part, min(horizon) AS horizon, min(interval) AS interval, min(levels) AS levels,
                  date_bin(make_interval(secs => :block), time, '2000-01-03 00:00:00Z') AS block, %4$s
                FROM parts JOIN source USING (model, version, seconds, variant, part)
                GROUP BY model, version, seconds, variant, part, block
                ORDER BY model, version, seconds, variant, part, block
                """.formatted(
                                (query.isOfAssets() ? BY_ASSET : BY_TIME).formatted(COLUMNS),
                                query.by().key(),
                                cursor == null
                                        ? ""
                                        : "WHERE (model, version, seconds, variant, part) > (:lastModel, :lastVersion, :lastSeconds, :lastVariant, :lastPart)",
                                Outcomes.SUMS))
                .param("block", (double) query.block().toSeconds())
                .param("limit", limit + 1);
        return behind(filtered(sql, query), cursor);
    }

    private static JdbcClient.StatementSpec filtered(JdbcClient.StatementSpec sql, PerformanceQuery query) {
        return sql.param("from", query.from().atOffset(ZoneOffset.UTC))
                .param("to", query.to().atOffset(ZoneOffset.UTC))
                .param("model", query.model())
                .param("version", query.version())
                .param("variant", query.variant())
                .param(
                        "horizon",
                        query.horizon() == null ? null : query.horizon().label())
                .param("asset", query.asset())
                .param("liquidity", query.liquidity());
    }

    private static JdbcClient.StatementSpec behind(JdbcClient.StatementSpec sql, @Nullable Cursor cursor) {
        if (cursor == null) {
            return sql;
        }
        return sql.param("lastModel", cursor.string(0))
                .param("lastVersion", cursor.number(1))
                .param("lastSeconds", cursor.bigNumber(2))
                .param("lastVariant", cursor.string(3))
                .param("lastPart", cursor.string(4));
    }

    private static Cursor place(StandingWriter last) {
        Part part = last.part();
        return Cursor.after(LIST, part.model(), part.version(), part.seconds(), part.variant(), part.name());
    }

    private static Part part(ResultSet row) throws SQLException {
        return new Part(
                row.getString("model"),
                row.getInt("version"),
                row.getLong("seconds"),
                row.getString("variant"),
                row.getString("part"));
    }

    private static StandingWriter writer(Part part, ResultSet row, PerformanceQuery query) {
        try {
            int overlap =
                    Math.toIntExact(Math.ceilDiv(part.seconds(), query.block().toSeconds()));
            Double[] levels = (Double[]) row.getArray("levels").getArray();
            return new StandingWriter(
                    part,
                    row.getString("interval"),
                    row.getString("horizon"),
                    List.of(levels),
                    new ArrayList<>(),
                    overlap);
        } catch (SQLException e) {
            throw new IllegalStateException("a row of sums cannot be read", e);
        }
    }

    private List<Standing> withWhole(PerformanceQuery query, List<StandingWriter> writers, List<Standing> standings) {
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

    /** Of the newest within the last 30 days of the query: ranks are not sums, and of 5,000 assets some days tell as much as all. */
    private Map<Part, Double> rankCorrelations(PerformanceQuery query) {
        Map<Part, Double> ranks = new HashMap<>();
        filtered(jdbc.sql("""
                SELECT m.model, m.version, m.seconds, ranked.variant, '' AS part, ranked.rank
                FROM forecast_measure m CROSS JOIN LATERAL (
                  SELECT variant, corr(estimated, realised) AS rank
                  FROM (
                    SELECT variant, rank() OVER (PARTITION BY variant ORDER BY estimated) AS estimated,
                      rank() OVER (PARTITION BY variant ORDER BY realised) AS realised
                    FROM (
                      SELECT variant, estimated_error / forecasts AS estimated, absolute_error / forecasts AS realised
                      FROM (%s) s
                      WHERE s.model = m.model AND s.version = m.version AND s.horizon = m.horizon AND s.time >= :to - interval '30 days'
                        AND s.day >= (:to - interval '31 days')::date
                        AND (:variant::text IS NULL OR variant = :variant) AND (:liquidity::text IS NULL OR liquidity = :liquidity)
                      ORDER BY s.day DESC, s.asset LIMIT :most) newest) ranks
                  GROUP BY variant HAVING count(*) >= 10) ranked
                WHERE (:model::text IS NULL OR m.model = :model) AND (:version::integer IS NULL OR m.version = :version)
                  AND (:horizon::text IS NULL OR m.horizon = :horizon)
                """.formatted(BY_ASSET.formatted(COLUMNS))).param("most", MOST_RANKED), query)
                .query((ResultSet row) -> {
                    double rank = row.getDouble("rank");
                    if (!row.wasNull()) {
                        ranks.put(part(row), rank);
                    }
                });
        return ranks;
    }

    private Map<String, AppliedCorrection> corrections(PerformanceQuery query) {
        Map<String, AppliedCorrection> newest = new HashMap<>();
        filtered(jdbc.sql("""
                SELECT m.model, m.version, m.horizon, m.levels, c.as_of, c.outcomes, c.offsets
                FROM forecast_measure m
                CROSS JOIN LATERAL (
                  SELECT as_of, outcomes, offsets FROM forecast_correction c
                  WHERE c.model = m.model AND c.version = m.version AND c.horizon = m.horizon AND c.as_of < :to
                  ORDER BY as_of DESC LIMIT 1) c
                WHERE (:model::text IS NULL OR model = :model) AND (:version::integer IS NULL OR version = :version)
                  AND (:horizon::text IS NULL OR horizon = :horizon)
                """), query).query((ResultSet row) -> {
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

    private static String place(String model, int version, String horizon) {
        return String.join("|", model, Integer.toString(version), horizon);
    }

    /** The thirds as they were measured last, most traded first. */
    List<LiquidityGroup> groups() {
        return jdbc.sql("""
                SELECT liquidity, count(*) AS assets, min(traded) AS traded_from, max(traded) AS traded_to, measured_on
                FROM asset_liquidity WHERE measured_on = (SELECT max(measured_on) FROM asset_liquidity)
                GROUP BY liquidity, measured_on ORDER BY traded_to DESC
                """)
                .query((row, n) -> new LiquidityGroup(
                        row.getString("liquidity"),
                        row.getInt("assets"),
                        row.getDouble("traded_from"),
                        row.getDouble("traded_to"),
                        row.getObject("measured_on", LocalDate.class)))
                .list();
    }
}
