package io.mlpool.drift;

import java.util.List;
import java.util.stream.IntStream;

/**
 * How one feature, or one number of the forecast, was spread in the train slice, and how much a stretch of it differed from the whole.
 *
 * @param shares of the bins, mean over the stretches
 * @param mean of the stretches' means
 * @param deviation standard deviation of a value
 * @param meanVariance variance of the mean of a stretch
 * @param logDistance mean logarithm of the chi-square distance between the shares of a stretch and those of all, see {@link #distance}
 * @param logDistanceDeviation standard deviation of that logarithm
 * @param independent as many independent stretches say as much as those there were
 * @param low one in two hundred values lay below
 * @param high one in two hundred values lay above
 */
public record Column(
        String name,
        Bins bins,
        List<Double> shares,
        double mean,
        double deviation,
        double meanVariance,
        double logDistance,
        double logDistanceDeviation,
        double independent,
        double low,
        double high) {

    /** Share that an empty bin is given, so that a single value in it does not weigh endlessly. */
    private static final double LEAST_SHARE = 1e-3;

    public Column {
        shares = List.copyOf(shares);
        if (shares.size() != bins.count()) {
            throw new IllegalArgumentException(
                    "%s has %d bins but %d shares".formatted(name, bins.count(), shares.size()));
        }
        if (!(deviation >= 0 && meanVariance >= 0 && logDistanceDeviation > 0 && independent > 1 && low <= high)) {
            throw new IllegalArgumentException("%s must have spreads of at least 0 and low <= high".formatted(name));
        }
    }

    /** Pearson's chi-square over the number of rows: the sum over the bins of the squared difference over the share expected. */
    double distance(double[] found) {
        return IntStream.range(0, found.length)
                .mapToDouble(bin -> {
                    double difference = found[bin] - shares.get(bin);
                    return difference * difference / Math.max(LEAST_SHARE, shares.get(bin));
                })
                .sum();
    }

    /** The distance that as many independent rows have in the mean. */
    double leastDistance(long rows) {
        return (bins.count() - 1.0) / rows;
    }

    /** Population stability index: below 0.1 little has changed, beyond 0.25 much. */
    double stability(double[] found) {
        return IntStream.range(0, found.length)
                .mapToDouble(bin -> {
                    double expected = Math.max(LEAST_SHARE, shares.get(bin));
                    double seen = Math.max(LEAST_SHARE, found[bin]);
                    return (seen - expected) * Math.log(seen / expected);
                })
                .sum();
    }

    /** How far outside of all but one in a hundred values it lies, in units of what these span; 0 within, and where they span nothing. */
    double excess(double value) {
        double outside = Math.max(low - value, value - high);
        return outside > 0 && high > low ? outside / (high - low) : 0;
    }
}
