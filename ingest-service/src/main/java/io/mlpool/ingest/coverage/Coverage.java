package io.mlpool.ingest.coverage;

import io.mlpool.ingest.coverage.SeriesCoverage.MissingCandles;
import io.mlpool.market.Interval;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Says what is held and what is missing, in one query over the candles. */
@RestController
@Tag(name = "coverage")
class Coverage {

    private final JdbcClient jdbc;

    Coverage(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Every series that has finished candles, or those of one asset or interval. */
    @GetMapping("/coverage")
    List<SeriesCoverage> coverage(
            @RequestParam(required = false) @Nullable String asset,
            @RequestParam(name = "vs_currency", required = false) @Nullable String vsCurrency,
            @RequestParam(required = false) @Nullable String interval) {
        return jdbc.sql("""
                SELECT s.asset, s.vs_currency, s.interval, min(open_time) AS first_open, max(open_time) AS last_open,
                  count(*) AS candles, array_agg(DISTINCT source) AS sources,
                  array_agg(open_time + s.interval::interval ORDER BY open_time)
                    FILTER (WHERE next > open_time + s.interval::interval) AS gaps_from,
                  array_agg(next ORDER BY open_time)
                    FILTER (WHERE next > open_time + s.interval::interval) AS gaps_to
                FROM series s
                JOIN (SELECT series_id, open_time, source,
                        lead(open_time) OVER (PARTITION BY series_id ORDER BY open_time) AS next
                      FROM candle WHERE finished) c ON c.series_id = s.id
                WHERE (:asset::text IS NULL OR s.asset = :asset) AND (:vs::text IS NULL OR s.vs_currency = :vs)
                  AND (:interval::text IS NULL OR s.interval = :interval)
                GROUP BY s.id ORDER BY s.asset, s.vs_currency, s.interval::interval
                """)
                .param("asset", asset)
                .param("vs", vsCurrency)
                .param("interval", interval)
                .query((row, n) -> coverage(row))
                .list();
    }

    private static SeriesCoverage coverage(ResultSet row) throws SQLException {
        Interval interval = Interval.of(row.getString("interval"));
        List<MissingCandles> gaps = gaps(row.getArray("gaps_from"), row.getArray("gaps_to"), interval);
        long candles = row.getLong("candles");
        long missing = gaps.stream().mapToLong(MissingCandles::missing).sum();
        return new SeriesCoverage(
                row.getString("asset"),
                row.getString("vs_currency"),
                interval.label(),
                row.getTimestamp("first_open").toInstant(),
                row.getTimestamp("last_open").toInstant(),
                candles,
                missing,
                (double) candles / (candles + missing),
                List.of((String[]) row.getArray("sources").getArray()),
                gaps);
    }

    private static List<MissingCandles> gaps(@Nullable Array from, @Nullable Array to, Interval interval)
            throws SQLException {
        List<MissingCandles> gaps = new ArrayList<>();
        if (from != null && to != null) {
            Timestamp[] starts = (Timestamp[]) from.getArray();
            Timestamp[] ends = (Timestamp[]) to.getArray();
            for (int i = 0; i < starts.length; i++) {
                Instant start = starts[i].toInstant();
                Instant end = ends[i].toInstant();
                gaps.add(new MissingCandles(
                        start, end, (end.getEpochSecond() - start.getEpochSecond()) / interval.seconds()));
            }
        }
        return gaps;
    }
}
