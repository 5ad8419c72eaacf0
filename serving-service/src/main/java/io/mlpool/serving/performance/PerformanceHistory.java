package io.mlpool.serving.performance;

import io.mlpool.serving.paging.Cursor;
import io.mlpool.serving.paging.Page;
import io.mlpool.serving.performance.Standing.LiquidityGroup;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
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

    private final JdbcClient jdbc;
    private final WholeHorizons wholes;

    PerformanceHistory(JdbcClient jdbc) {
        this.jdbc = jdbc;
        this.wholes = new WholeHorizons(jdbc);
    }

    /** Those that match behind the cursor, by model, version, horizon, variant and part. */
    Page<Standing> page(PerformanceQuery query, @Nullable String cursorText, int limit) {
        Cursor cursor = Cursor.read(LIST, 5, cursorText);
        Map<Part, StandingWriter> found = new LinkedHashMap<>();
        asked(query, cursor, limit).query((ResultSet row) -> {
            Part part = Part.of(row);
            found.computeIfAbsent(part, one -> writer(one, row, query)).blocks().add(Outcomes.of(row));
        });
        List<StandingWriter> writers = new ArrayList<>(found.values());
        Page<StandingWriter> page = Page.of(writers, limit, PerformanceHistory::place);
        List<Standing> standings =
                page.items().stream().map(one -> one.write(query.by())).toList();
        return new Page<>(
                query.by() == By.HORIZON ? wholes.add(query, page.items(), standings) : standings, page.next());
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
