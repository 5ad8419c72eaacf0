package io.mlpool.ingest.defillama;

import io.mlpool.ingest.cleaning.Reason;
import io.mlpool.ingest.protocols.Told;
import io.mlpool.protocols.LockedValue;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What is locked in all chains together, where only the chains are told. */
final class ChainSum {

    private final Map<String, NavigableMap<LocalDate, Double>> chains = new HashMap<>();

    /** What is told again replaces what was told before. */
    void add(@Nullable String chain, LocalDate day, double usd) {
        if (chain != null) {
            chains.computeIfAbsent(chain, key -> new TreeMap<>()).put(day, usd);
        }
    }

    /** Tells the sums. A chain that has begun, not ended and tells nothing on a day would make the sum of that day too small. */
    void tell(String slug, Told told) {
        TreeMap<LocalDate, Double> sums = new TreeMap<>();
        chains.values().forEach(days -> days.forEach((day, usd) -> sums.merge(day, usd, Double::sum)));
        sums.forEach((day, usd) -> {
            if (chains.values().stream().anyMatch(days -> lacks(days, day))) {
                told.noted(Reason.PARTIAL_TOTAL, 0, day.toString());
            } else if (usd < Double.POSITIVE_INFINITY) {
                told.total(new LockedValue(slug, day, null, usd));
            }
        });
    }

    private static boolean lacks(NavigableMap<LocalDate, Double> days, LocalDate day) {
        return day.isAfter(days.firstKey()) && day.isBefore(days.lastKey()) && !days.containsKey(day);
    }
}
