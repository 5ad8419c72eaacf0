package io.mlpool.anomaly;

import io.mlpool.market.CandleFlag;
import io.mlpool.market.Interval;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Logarithm of high over low of an asset's finished candles, by the second at which they open; a candle of closes only has none. */
public record CandleRanges(Map<Long, Double> logs) {

    private static final int FETCH_SIZE = 10_000;

    public static final CandleRanges UNKNOWN = new CandleRanges(Map.of());

    /**
     * Reads those of some assets; one without any is absent.
     *
     * @param from open time of the oldest candle (inclusive)
     * @param to open time before which the newest lies (exclusive)
     */
    public static Map<String, CandleRanges> read(
            JdbcClient jdbc,
            Collection<String> assets,
            String vsCurrency,
            Interval interval,
            Instant from,
            Instant to) {
        Map<String, Map<Long, Double>> logs = new HashMap<>();
        jdbc.sql("""
                SELECT s.asset, extract(epoch FROM c.open_time)::bigint, c.high, c.low
                FROM candle c JOIN series s ON s.id = c.series_id
                WHERE s.asset = ANY(:assets) AND s.vs_currency = :vs AND s.interval = :interval AND c.finished
                  AND c.open_time >= :from AND c.open_time < :to AND c.flags & :close_only = 0
                """)
                .withFetchSize(FETCH_SIZE)
                .param("assets", assets.toArray(String[]::new))
                .param("vs", vsCurrency)
                .param("interval", interval.label())
                .param("from", from.atOffset(ZoneOffset.UTC))
                .param("to", to.atOffset(ZoneOffset.UTC))
                .param("close_only", CandleFlag.CLOSE_ONLY.bit())
                .query((RowCallbackHandler) row -> logs.computeIfAbsent(row.getString(1), asset -> new HashMap<>())
                        .put(row.getLong(2), Math.log(row.getDouble(3) / row.getDouble(4))));
        Map<String, CandleRanges> ranges = new HashMap<>();
        logs.forEach((asset, ofAsset) -> ranges.put(asset, new CandleRanges(ofAsset)));
        return ranges;
    }

    /** Of the candle that opens then; NaN where it is not known. */
    double at(long openSecond) {
        return logs.getOrDefault(openSecond, Double.NaN);
    }
}
