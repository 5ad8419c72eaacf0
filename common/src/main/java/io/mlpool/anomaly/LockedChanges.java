package io.mlpool.anomaly;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Changes of the value locked in an asset's protocols from day to day, each with the time at which it became known. A figure counts as it
 * was told first: what is revised later was not known then. A figure of 0 is more often an outage of the source than the truth, and
 * counts as unknown.
 */
public final class LockedChanges {

    /** Changes that became known within so long before one say what is usual for it. */
    static final Duration WINDOW = Duration.ofDays(31);

    private static final int FEWEST = 14;

    public static final LockedChanges UNKNOWN = new LockedChanges(new TreeMap<>());

    private final NavigableMap<Long, Change> byKnown;

    private LockedChanges(NavigableMap<Long, Change> byKnown) {
        this.byKnown = byKnown;
    }

    /**
     * What was locked in a protocol on a day, as it was told first.
     *
     * @param knownAt when that was
     * @param usd US dollars
     */
    public record Figure(String protocol, LocalDate day, Instant knownAt, double usd) {}

    /**
     * A change that became known.
     *
     * @param value log change
     * @param usual median of those before it
     * @param scaled as {@link Trailing#scaled} has it
     */
    record Change(double value, double usual, float scaled) {}

    /** Of the figures of one asset's protocols, in whatever order: the sums of those that have a figure on both days are compared. */
    public static LockedChanges of(List<Figure> figures) {
        Map<LocalDate, Map<String, Figure>> days = new TreeMap<>();
        figures.stream().filter(figure -> figure.usd() > 0).forEach(figure -> days.computeIfAbsent(
                        figure.day(), day -> new HashMap<>())
                .put(figure.protocol(), figure));
        List<Told> told = new ArrayList<>();
        days.forEach((day, now) -> told.addAll(told(days.getOrDefault(day.minusDays(1), Map.of()), now)));
        told.sort(Comparator.comparingLong(Told::second));
        return new LockedChanges(scaled(told));
    }

    private record Told(long second, double value) {}

    private static List<Told> told(Map<String, Figure> before, Map<String, Figure> now) {
        double sumBefore = 0;
        double sumNow = 0;
        long second = Long.MIN_VALUE;
        for (Figure figure : now.values().stream()
                .sorted(Comparator.comparing(Figure::protocol))
                .toList()) {
            Figure earlier = before.get(figure.protocol());
            if (earlier != null) {
                sumBefore += earlier.usd();
                sumNow += figure.usd();
                second = Math.max(second, Math.max(seconds(earlier), seconds(figure)));
            }
        }
        return sumBefore > 0 ? List.of(new Told(second, Math.log(sumNow / sumBefore))) : List.of();
    }

    private static long seconds(Figure figure) {
        return figure.knownAt().getEpochSecond();
    }

    private static NavigableMap<Long, Change> scaled(List<Told> told) {
        NavigableMap<Long, Change> changes = new TreeMap<>();
        Trailing before = new Trailing(FEWEST, Dimension.LOCKED.least());
        for (Told one : told) {
            before.forget(one.second() - WINDOW.toSeconds());
            if (before.isWarm()) {
                changes.put(one.second(), new Change(one.value(), before.median(), before.scaled(one.value())));
            }
            before.learn(one.second(), one.value());
        }
        return changes;
    }

    /** The last one that became known after {@code from} and until {@code to} (inclusive), epoch seconds; empty for none. */
    Optional<Change> between(long from, long to) {
        return Optional.ofNullable(byKnown.floorEntry(to))
                .filter(last -> last.getKey() > from)
                .map(Map.Entry::getValue);
    }
}
