package io.mlpool.ingest.loading;

import io.mlpool.ingest.symbols.SymbolMap;
import io.mlpool.ingest.symbols.SymbolMap.Meaning;
import io.mlpool.market.SeriesKey;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The rows that name assets and series. */
public final class Markets {

    private static final SymbolMap KNOWN = SymbolMap.bundled();

    private final JdbcClient jdbc;

    public Markets(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Makes every other load of this asset wait until the transaction ends, then answers with the number of the series, made where
     * missing. A payload's series come sorted by asset; always locking in that order keeps two loads from waiting for each
     * other.
     */
    int lockAndName(SeriesKey key) {
        jdbc.sql("SELECT pg_advisory_xact_lock(hashtextextended(:market, 0))")
                .param("market", "candles of " + key.asset() + "/" + key.vsCurrency())
                .query(rows -> {});
        return seriesId(key);
    }

    /** Number of the series; asset and series are made where missing. */
    public int seriesId(SeriesKey key) {
        nameAsset(key.asset());
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

    /** Ticker and name as the symbol map knows them; CoinGecko's list replaces them when it is fetched. */
    private void nameAsset(String asset) {
        Optional<Meaning> known = KNOWN.ofAsset(asset);
        jdbc.sql("INSERT INTO asset (id, symbol, name) VALUES (:asset, :symbol, :name) ON CONFLICT DO NOTHING")
                .param("asset", asset)
                .param("symbol", known.map(Meaning::symbol).orElse(asset).toLowerCase(Locale.ROOT))
                .param("name", known.map(Meaning::name).orElse(asset))
                .update();
    }
}
