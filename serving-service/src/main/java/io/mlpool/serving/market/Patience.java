package io.mlpool.serving.market;

import io.mlpool.market.Interval;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Candles of one close time arrive one asset after the other, and models look at the whole market. So the first ones wait until
 * the market is complete, but not for long.
 */
public final class Patience {

    private final Duration limit;
    private final Clock clock;
    private final Map<String, Wait> waits = new HashMap<>();

    /** The first ones wait for {@code limit}. */
    public Patience(Duration limit, Clock clock) {
        this.limit = limit;
        this.clock = clock;
    }

    private record Wait(Instant asOf, Instant since) {}

    /**
     * Those of the due assets that need not wait for others.
     *
     * @param market assets that a model looks at besides the one it is asked about
     */
    public Set<String> ready(
            Interval interval, Collection<String> market, Set<String> due, Map<String, Instant> newestCloses) {
        Instant close = Stream.concat(market.stream(), due.stream())
                .flatMap(asset -> Optional.ofNullable(newestCloses.get(asset)).stream())
                .max(Instant::compareTo)
                .orElse(Instant.EPOCH);
        if (due.isEmpty() || !isExpected(interval, market, newestCloses, close) || isOver(interval, close)) {
            return due;
        }
        return due.stream()
                .filter(asset -> newestCloses.getOrDefault(asset, close).isBefore(close))
                .collect(Collectors.toSet());
    }

    /** Whether a member of the market is one candle behind: it was there until now, so its next candle is on the way. */
    private static boolean isExpected(
            Interval interval, Collection<String> market, Map<String, Instant> newestCloses, Instant close) {
        Instant before = close.minus(interval.duration());
        return market.stream().anyMatch(asset -> before.equals(newestCloses.get(asset)));
    }

    private boolean isOver(Interval of, Instant close) {
        Instant now = clock.instant();
        Wait wait = waits.compute(
                of.label(),
                (interval, known) -> known != null && known.asOf().equals(close) ? known : new Wait(close, now));
        return !now.isBefore(wait.since().plus(limit));
    }
}
