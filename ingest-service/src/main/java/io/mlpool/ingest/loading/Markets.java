package io.mlpool.ingest.loading;

import io.mlpool.market.Interval;
import io.mlpool.market.SeriesKey;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The rows that name assets and series. */
public final class Markets {

    private final JdbcClient jdbc;

    public Markets(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Makes every load of these assets wait until the transaction ends, then answers with the numbers of the series, made where
     * missing. Always locking in the same order is what keeps two loads from waiting for each other.
     */
    Map<SeriesKey, Integer> lockAndName(Collection<SeriesKey> keys) {
        List<String> markets = keys.stream()
                .map(key -> key.asset() + "/" + key.vsCurrency())
                .distinct()
                .sorted()
                .toList();
        markets.forEach(this::lock);
        Map<SeriesKey, Integer> ids = new HashMap<>();
        keys.stream().distinct().forEach(key -> ids.put(key, seriesId(key)));
        return ids;
    }

    /** Number of the series; asset and series are made where missing. */
    public int seriesId(SeriesKey key) {
        jdbc.sql("INSERT INTO asset (id, symbol, name) VALUES (:asset, :asset, :asset) ON CONFLICT DO NOTHING")
                .param("asset", key.asset())
                .update();
        Map<String, String> named = Map.of(
                "asset",
                key.asset(),
                "vs",
                key.vsCurrency(),
                "interval",
                key.interval().label());
        jdbc.sql("""
                INSERT INTO series (asset, vs_currency, interval) VALUES (:asset, :vs, :interval)
                ON CONFLICT DO NOTHING
                """).params(named).update();
        return jdbc.sql("SELECT id FROM series WHERE asset = :asset AND vs_currency = :vs AND interval = :interval")
                .params(named)
                .query(Integer.class)
                .single();
    }

    /** The series of the same asset and currency with another interval. */
    public int seriesId(SeriesKey key, Interval interval) {
        return seriesId(new SeriesKey(key.asset(), key.vsCurrency(), interval));
    }

    private void lock(String market) {
        jdbc.sql("SELECT pg_advisory_xact_lock(hashtextextended(:market, 0))")
                .param("market", "candles of " + market)
                .query(rows -> {});
    }
}
