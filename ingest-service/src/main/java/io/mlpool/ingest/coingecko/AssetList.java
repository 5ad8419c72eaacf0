package io.mlpool.ingest.coingecko;

import io.mlpool.market.SeriesKey;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Keeps the table of assets: the 250 coins of the largest market value, and those that are followed. */
final class AssetList {

    private static final String MARKETS = "coins/markets?vs_currency=usd&order=market_cap_desc&per_page=250&page=1";

    private final CoinGeckoClient client;
    private final JdbcClient jdbc;

    AssetList(CoinGeckoClient client, JdbcClient jdbc) {
        this.client = client;
        this.jdbc = jdbc;
    }

    /**
     * Asks for the list and stores it; one credit, or two when a followed asset is not among the largest.
     *
     * @return how many assets were told
     * @throws CoinGeckoException when it cannot be had
     */
    int refresh(Collection<String> followed) {
        List<Listed> assets = new ArrayList<>(read(client.get(MARKETS)));
        Set<String> missing = new LinkedHashSet<>(followed);
        assets.forEach(asset -> missing.remove(asset.id()));
        if (!missing.isEmpty()) {
            assets.addAll(read(client.get(MARKETS + "&ids=" + String.join(",", missing))));
        }
        assets.forEach(this::store);
        return assets.size();
    }

    /** Nearly every field may be null; an asset without a usable id is left out, a missing name is replaced by the id. */
    private static List<Listed> read(byte[] body) {
        List<Listed> assets = new ArrayList<>();
        for (JsonNode coin : JsonMapper.shared().readTree(body)) {
            String id = coin.path("id").asString("");
            if (SeriesKey.isAsset(id)) {
                JsonNode rank = coin.path("market_cap_rank");
                assets.add(new Listed(
                        id,
                        coin.path("symbol").asString(id).toLowerCase(Locale.ROOT),
                        coin.path("name").asString(id),
                        rank.isNumber() ? rank.asInt() : null));
            }
        }
        return assets;
    }

    private void store(Listed asset) {
        jdbc.sql("""
                INSERT INTO asset (id, symbol, name, market_cap_rank) VALUES (:id, :symbol, :name, :rank)
                ON CONFLICT (id) DO UPDATE
                SET symbol = excluded.symbol, name = excluded.name, market_cap_rank = excluded.market_cap_rank
                """)
                .param("id", asset.id())
                .param("symbol", asset.symbol())
                .param("name", asset.name())
                .param("rank", asset.rank())
                .update();
    }

    private record Listed(
            String id, String symbol, String name, @Nullable Integer rank) {}
}
