package io.mlpool.ingest.files;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * How far the lines of a table are apart.
 *
 * @param usual how far most are
 * @param always whether every line stands at a whole multiple of {@code usual} since 1970, and there are at least three
 */
record Spacing(Duration usual, boolean always) {

    /**
     * The spacing of these times in their order; empty when there are not two different ones.
     *
     * @param times microseconds since 1970, UTC
     */
    static Optional<Spacing> of(List<Long> times) {
        Map<Long, Long> distances = IntStream.range(1, times.size())
                .mapToObj(i -> Math.abs(times.get(i) - times.get(i - 1)))
                .filter(distance -> distance != 0)
                .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
        return distances.entrySet().stream()
                .max(Map.Entry.<Long, Long>comparingByValue()
                        .thenComparing(Map.Entry.<Long, Long>comparingByKey().reversed()))
                .map(Map.Entry::getKey)
                .map(step -> new Spacing(
                        Duration.ofNanos(step * 1000),
                        times.size() >= 3 && times.stream().allMatch(time -> time % step == 0)));
    }

    /**
     * Whether candles of this length do not stand like that. Closer lines always contradict; where lines are further apart, candles
     * may be missing, but not so that what is left are all candles of a longer interval.
     */
    boolean contradicts(Duration length) {
        int difference = usual.compareTo(length);
        return difference < 0
                || (difference > 0 && always && IntervalText.known(usual).isPresent());
    }
}
