package io.mlpool.serving.market;

import io.mlpool.errors.RefusedException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The assets there are candles of, as they stood when the database was last asked: answers while it is down. */
public final class KnownAssets {

    private static final Pattern QUOTE = Pattern.compile("[-_/]?(usdt|usdc|busd|fdusd|tusd|usd|eur)$");
    private static final int LISTED = 10;

    private final JdbcClient jdbc;
    private volatile Map<String, Asset> assets = Map.of();

    public KnownAssets(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Reads them again. */
    public void refresh() {
        assets = jdbc.sql("""
                SELECT id, symbol, name FROM asset a
                WHERE EXISTS (SELECT FROM series s WHERE s.asset = a.id)
                """).query(Asset.class).list().stream()
                .collect(Collectors.toUnmodifiableMap(Asset::id, Function.identity()));
    }

    public boolean contains(String id) {
        return assets.containsKey(id);
    }

    /** The asset with this id; one that came after the last look has its id for a name. */
    Asset get(String id) {
        return assets.getOrDefault(id, new Asset(id, id, id));
    }

    /** The id, when it is known. */
    public String require(String id) {
        if (!contains(id)) {
            throw unknown(id);
        }
        return id;
    }

    /** The refusal of a request for something unknown, with what the caller may have meant. */
    public RefusedException unknown(String asked) {
        String shown = asked.length() <= 100 ? asked : asked.substring(0, 100) + "...";
        return RefusedException.notFound("unknown asset '%s', known: %s%s"
                .formatted(
                        shown,
                        listed(),
                        meant(asked).map(", did you mean '%s'?"::formatted).orElse("")));
    }

    /** By ticker, with or without a quote currency behind it, or by name: BTC, BTCUSDT, BTC-USD, Bitcoin. */
    private Optional<String> meant(String asked) {
        String lower = asked.strip().toLowerCase(Locale.ROOT);
        String base = QUOTE.matcher(lower).replaceFirst("");
        return assets.values().stream()
                .filter(asset -> asset.id().equals(lower)
                        || asset.name().toLowerCase(Locale.ROOT).equals(lower)
                        || asset.symbol().toLowerCase(Locale.ROOT).equals(lower)
                        || asset.symbol().toLowerCase(Locale.ROOT).equals(base))
                .map(Asset::id)
                .min(String::compareTo);
    }

    private String listed() {
        List<String> ids = assets.keySet().stream().sorted().toList();
        if (ids.isEmpty()) {
            return "none yet";
        }
        String some = String.join(", ", ids.subList(0, Math.min(LISTED, ids.size())));
        return ids.size() <= LISTED ? some : some + " and %d more (GET /assets)".formatted(ids.size() - LISTED);
    }
}
