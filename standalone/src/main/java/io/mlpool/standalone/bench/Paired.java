package io.mlpool.standalone.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleSupplier;
import java.util.function.ToDoubleFunction;

/**
 * A measurement and its yardstick, taken one right after the other so that a busy machine slows both. The ratio is the median of
 * the pairs' ratios, which one disturbed pair cannot move far.
 */
record Paired(List<Pair> pairs) {

    Paired {
        pairs = List.copyOf(pairs);
        if (pairs.isEmpty()) {
            throw new IllegalArgumentException("pairs must not be empty: nothing was measured");
        }
    }

    /** What was measured and what its yardstick was just before or after, in the same unit. */
    record Pair(double measured, double yardstick) {

        Pair {
            requirePositive("measured", measured);
            requirePositive("yardstick", yardstick);
        }

        double ratio() {
            return measured / yardstick;
        }

        private static void requirePositive(String name, double value) {
            if (!(value > 0) || Double.isInfinite(value)) {
                throw new IllegalArgumentException("%s must be positive and finite, found %s".formatted(name, value));
            }
        }
    }

    /** Measures pairs; every second one begins with the yardstick. The first of each warms up and does not count. */
    static Paired alternately(int count, DoubleSupplier measured, DoubleSupplier yardstick) {
        double _ = measured.getAsDouble();
        double _ = yardstick.getAsDouble();
        List<Pair> pairs = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            if (i % 2 == 0) {
                double first = measured.getAsDouble();
                pairs.add(new Pair(first, yardstick.getAsDouble()));
            } else {
                double first = yardstick.getAsDouble();
                pairs.add(new Pair(measured.getAsDouble(), first));
            }
        }
        return new Paired(pairs);
    }

    double ratio() {
        return median(Pair::ratio);
    }

    double lowestRatio() {
        return pairs.stream().mapToDouble(Pair::ratio).min().orElseThrow();
    }

    double highestRatio() {
        return pairs.stream().mapToDouble(Pair::ratio).max().orElseThrow();
    }

    double measured() {
        return median(Pair::measured);
    }

    double yardstick() {
        return median(Pair::yardstick);
    }

    private double median(ToDoubleFunction<Pair> value) {
        return median(pairs.stream().mapToDouble(value).toArray());
    }

    /** The middle value, or the mean of the two in the middle. */
    static double median(double... values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
