package io.mlpool.ingest.symbols;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;

/** Which asset a ticker means, and since when: tickers are used again for other coins. Hand-made, part of the program. */
public final class SymbolMap {

    private final Map<String, List<Meaning>> bySymbol = new HashMap<>();
    private final Map<String, Meaning> byAsset = new HashMap<>();

    private SymbolMap(Iterable<CSVRecord> rows) {
        for (CSVRecord row : rows) {
            Meaning meaning = Meaning.of(row);
            bySymbol.computeIfAbsent(meaning.symbol, s -> new ArrayList<>()).add(meaning);
            byAsset.putIfAbsent(meaning.asset, meaning);
        }
    }

    /** The map that comes with the program. */
    public static SymbolMap bundled() {
        CSVFormat format = CSVFormat.DEFAULT
                .builder()
                .setHeader()
                .setSkipHeaderRecord(true)
                .setCommentMarker('#')
                .get();
        try (Reader csv = new InputStreamReader(
                Objects.requireNonNull(
                        SymbolMap.class.getResourceAsStream("symbols.csv"), "symbols.csv belongs into the jar"),
                StandardCharsets.UTF_8)) {
            return new SymbolMap(format.parse(csv));
        } catch (IOException e) {
            throw new UncheckedIOException("symbols.csv could not be read", e);
        }
    }

    /** The pair that a text means; where several can be meant, the one whose coin is known. */
    public Optional<Pair> pair(String text) {
        List<Pair> candidates = Pair.candidates(text);
        return candidates.stream()
                .filter(pair -> knows(pair.base()))
                .findFirst()
                .or(() -> candidates.stream().findFirst());
    }

    public boolean knows(String symbol) {
        return bySymbol.containsKey(symbol);
    }

    /** What the symbol means, with the time for which it holds; one element for most, none when it is not known. */
    public List<Meaning> meanings(String symbol) {
        return bySymbol.getOrDefault(symbol, List.of());
    }

    /** The asset that is called so, by its id or its name in whatever case; empty when none is or several are. */
    public Optional<String> assetCalled(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        if (byAsset.containsKey(lower)) {
            return Optional.of(lower);
        }
        List<String> named = byAsset.values().stream()
                .filter(meaning -> meaning.name.toLowerCase(Locale.ROOT).equals(lower))
                .map(Meaning::asset)
                .toList();
        return named.size() == 1 ? Optional.of(named.getFirst()) : Optional.empty();
    }

    /** The ticker and name of an asset. */
    public Optional<Meaning> ofAsset(String asset) {
        return Optional.ofNullable(byAsset.get(asset));
    }

    /**
     * One meaning of a ticker.
     *
     * @param symbol in upper case
     * @param asset canonical key, CoinGecko's id
     * @param name for people
     * @param from from then on (inclusive), in UTC
     * @param until up to then (exclusive), in UTC
     */
    public record Meaning(String symbol, String asset, String name, Instant from, Instant until) {

        private static Meaning of(CSVRecord row) {
            return new Meaning(
                    row.get("symbol"),
                    row.get("asset"),
                    row.get("name"),
                    day(row.get("from"), Instant.MIN),
                    day(row.get("until"), Instant.MAX));
        }

        private static Instant day(String text, Instant otherwise) {
            return text.isEmpty()
                    ? otherwise
                    : LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant();
        }

        public boolean holdsAt(Instant time) {
            return !time.isBefore(from) && time.isBefore(until);
        }
    }
}
