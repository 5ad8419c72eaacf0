package io.mlpool.serving.book;

import io.mlpool.serving.live.Slot;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * The newest forecasts of every known asset, in memory. An entry stays until a newer one replaces it: while a new model is
 * being asked, or the database is down, the answers are those of before.
 */
public final class ForecastBook {

    private final Map<Slot, Map<String, BookEntry>> pages = new ConcurrentHashMap<>();

    public Optional<BookEntry> find(Slot slot, String asset) {
        return Optional.ofNullable(pages.getOrDefault(slot, Map.of()).get(asset));
    }

    /** The assets that there are forecasts of, in alphabetical order. */
    public List<String> assets(Slot slot) {
        return pages.getOrDefault(slot, Map.of()).entrySet().stream()
                .filter(entry -> !entry.getValue().forecasts().isEmpty())
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
    }

    /** The assets whose entry is missing, of another version, or older than their newest candle. */
    Set<String> due(Slot slot, int version, Map<String, Instant> newestCloses) {
        Map<String, BookEntry> page = pages.getOrDefault(slot, Map.of());
        return newestCloses.entrySet().stream()
                .filter(close -> {
                    BookEntry entry = page.get(close.getKey());
                    return entry == null || !entry.isUpToDate(version, close.getValue());
                })
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    void put(Slot slot, Map<String, BookEntry> entries) {
        pages.computeIfAbsent(slot, s -> new ConcurrentHashMap<>()).putAll(entries);
    }

    /** Drops what stands in slots that nobody answers for any more. */
    void retain(Collection<Slot> slots) {
        pages.keySet().retainAll(slots);
    }
}
