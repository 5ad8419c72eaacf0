package io.mlpool.model;

import java.util.List;

/**
 * What a model answers: {@code [horizons x levels]} quantiles of the scaled return, which is the log return over the horizon
 * divided by the volatility of a bar and the root of the horizon's bars.
 *
 * @param horizons nearest first
 * @param levels probabilities strictly between 0 and 1, rising, the median among them
 */
public record ForecastShape(List<Horizon> horizons, List<Double> levels) {

    public static final List<Double> DEFAULT_LEVELS = List.of(0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95);

    public ForecastShape {
        horizons = List.copyOf(horizons);
        levels = List.copyOf(levels);
        requireRising(horizons);
        requireRising(levels);
        if (levels.getFirst() <= 0 || levels.getLast() >= 1 || !levels.contains(0.5)) {
            throw new IllegalArgumentException("levels must lie between 0 and 1 and hold 0.5, found " + levels);
        }
    }

    /** Numbers in one answer. */
    public int size() {
        return horizons.size() * levels.size();
    }

    /** Position of the median among the levels. */
    public int medianIndex() {
        return levels.indexOf(0.5);
    }

    private static <T extends Comparable<T>> void requireRising(List<T> values) {
        for (int i = 1; i < values.size(); i++) {
            if (values.get(i).compareTo(values.get(i - 1)) <= 0) {
                throw new IllegalArgumentException("must rise strictly, found " + values);
            }
        }
        if (values.isEmpty()) {
            throw new IllegalArgumentException("a forecast needs at least one horizon and one level");
        }
    }
}
