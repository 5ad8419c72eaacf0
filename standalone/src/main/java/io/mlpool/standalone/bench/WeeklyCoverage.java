package io.mlpool.standalone.bench;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What the 80 % intervals of champions held, by week and horizon. The sabotaged version's forecasts are not the pool's doing and stand apart. The error is
 * the standard error of the mean of the week's days, each of which counts the same.
 *
 * @param from where the first week and each day begin
 */
record WeeklyCoverage(JdbcClient jdbc, Instant from) {

    /** In words, the weeks in their order, percent. */
    List<String> lines() {
        return jdbc.sql("""
                WITH outcome AS (
                  SELECT horizon, run_id LIKE '%-sabotaged' AS sabotaged,
                    actual_price BETWEEN prices[array_position(levels, 0.1)] AND prices[array_position(levels, 0.9)] AS inside,
                    floor(extract(epoch FROM target_time - :from) / 86400)::integer AS day
                  FROM forecast WHERE variant = 'champion' AND actual_price IS NOT NULL AND target_time > :from),
                days AS (
                  SELECT day / 7 + 1 AS week, horizon, sabotaged, 100 * avg(inside::integer) AS coverage
                  FROM outcome GROUP BY day, horizon, sabotaged),
                weeks AS (
                  SELECT week, horizon, sabotaged, round(avg(coverage), 1) AS coverage,
                    coalesce(round(stddev_samp(coverage) / sqrt(count(*)::numeric), 1)::text, 'unknown') AS error
                  FROM days GROUP BY week, horizon, sabotaged)
                SELECT week, sabotaged, string_agg(format('%s %s (error %s)', horizon, coverage, error), ', ' ORDER BY horizon::interval) AS told
                FROM weeks GROUP BY week, sabotaged ORDER BY sabotaged, week
                """)
                .param("from", from.atOffset(ZoneOffset.UTC))
                .query((row, n) -> line(row))
                .list();
    }

    private static String line(ResultSet row) throws SQLException {
        return "week %d: %s80 %% intervals held %% of outcomes: %s"
                .formatted(
                        row.getInt("week"),
                        row.getBoolean("sabotaged") ? "the sabotaged version's " : "",
                        row.getString("told"));
    }
}
