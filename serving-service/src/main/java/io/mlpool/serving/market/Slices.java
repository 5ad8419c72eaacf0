package io.mlpool.serving.market;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;

/**
 * Cuts series that are read from the database together so that a slice fits into memory: one that was silent for years would else make
 * those beside it be read over all these years.
 */
public final class Slices {

    private Slices() {}

    /**
     * All of them once, the earliest first.
     *
     * @param time from which one is read
     * @param most in a slice
     * @param longest between the first time of a slice and its last (inclusive)
     */
    public static <T> List<List<T>> of(Collection<T> all, Function<T, Instant> time, int most, Duration longest) {
        List<List<T>> slices = new ArrayList<>();
        List<T> slice = new ArrayList<>();
        for (T one : all.stream().sorted(Comparator.comparing(time)).toList()) {
            if (!slice.isEmpty()
                    && (slice.size() == most
                            || time.apply(one)
                                    .isAfter(time.apply(slice.getFirst()).plus(longest)))) {
                slices.add(slice);
                slice = new ArrayList<>();
            }
            slice.add(one);
        }
        if (!slice.isEmpty()) {
            slices.add(slice);
        }
        return slices;
    }
}
