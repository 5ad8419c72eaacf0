package io.mlpool.ingest.files;

import io.mlpool.ingest.symbols.Pair;
import io.mlpool.ingest.symbols.SymbolMap;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What a file's name and folder tell: {@code binance/BTCUSDT-1h.csv.gz}, {@code Bitstamp_BTCUSD_d.csv}, {@code XBTUSD_60.csv}.
 */
record FileName(Optional<Pair> pair, Optional<Duration> interval, Optional<String> venue) {

    private static final Pattern ENDINGS = Pattern.compile("(?i)(\\.(csv|tsv|txt|json|gz|zip|xlsx))+$");
    private static final Set<String> VENUES = Set.of(
            "binance",
            "binanceus",
            "bitfinex",
            "bitflyer",
            "bitget",
            "bitmex",
            "bitstamp",
            "bittrex",
            "bybit",
            "coinbase",
            "coingecko",
            "coinmarketcap",
            "cryptocom",
            "deribit",
            "ftx",
            "gateio",
            "gate",
            "gdax",
            "gemini",
            "hitbtc",
            "htx",
            "huobi",
            "hyperliquid",
            "kraken",
            "kucoin",
            "mexc",
            "okex",
            "okx",
            "poloniex",
            "upbit",
            "yahoo");
    private static final Set<String> DERIVATIVES =
            Set.of("futures", "future", "perp", "perpetual", "swap", "um", "cm", "umcbl", "linear");
    private static final Set<String> KRAKEN_MINUTES = Set.of("1", "5", "15", "30", "60", "240", "720", "1440");

    static FileName of(String path, SymbolMap symbols) {
        String name = path.replace('\\', '/');
        String file = ENDINGS.matcher(name.substring(name.lastIndexOf('/') + 1)).replaceFirst("");
        List<String> words = words(file);
        return new FileName(pair(words, symbols), interval(words), venue(words(name)));
    }

    /** What this name does not tell, told by another. */
    FileName or(FileName other) {
        return new FileName(pair.or(other::pair), interval.or(other::interval), venue.or(other::venue));
    }

    private static List<String> words(String text) {
        return Arrays.stream(text.split("[^A-Za-z0-9]+"))
                .filter(word -> !word.isEmpty())
                .toList();
    }

    private static Optional<Pair> pair(List<String> words, SymbolMap symbols) {
        List<String> candidates = new ArrayList<>(words);
        for (int i = 0; i + 1 < words.size(); i++) {
            candidates.add(words.get(i) + "-" + words.get(i + 1));
        }
        return candidates.stream()
                .flatMap(word -> symbols.pair(word).filter(pair -> isMeant(word, pair, symbols)).stream())
                .findFirst();
    }

    /** An unknown ticker must be in capitals, or every "country" would be a coin traded for Turkish lira. */
    private static boolean isMeant(String word, Pair pair, SymbolMap symbols) {
        boolean capitals = word.equals(word.toUpperCase(Locale.ROOT));
        return symbols.knows(pair.base())
                || (capitals && !VENUES.contains(pair.base().toLowerCase(Locale.ROOT)));
    }

    private static Optional<Duration> interval(List<String> words) {
        for (int i = words.size() - 1; i >= 0; i--) {
            Optional<Duration> interval = IntervalText.of(words.get(i));
            if (interval.isPresent()) {
                return interval;
            }
        }
        String last = words.isEmpty() ? "" : words.getLast();
        return KRAKEN_MINUTES.contains(last) ? Optional.of(Duration.ofMinutes(Long.parseLong(last))) : Optional.empty();
    }

    private static Optional<String> venue(List<String> words) {
        List<String> lower =
                words.stream().map(word -> word.toLowerCase(Locale.ROOT)).toList();
        String market = lower.stream().anyMatch(DERIVATIVES::contains) ? "-futures" : "";
        return lower.stream().filter(VENUES::contains).findFirst().map(venue -> venue + market);
    }
}
