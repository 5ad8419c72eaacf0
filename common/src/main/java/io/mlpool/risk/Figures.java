package io.mlpool.risk;

import java.util.Arrays;
import java.util.Comparator;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/** Figures over the newest days of a series; NaN wherever one of the days is not known. */
final class Figures {

    private Figures() {}

    static double sum(IntToDoubleFunction values, int days) {
        double sum = 0;
        for (int back = 0; back < days; back++) {
            sum += values.applyAsDouble(back);
        }
        return sum;
    }

    static double rootMeanSquare(IntToDoubleFunction values, int days) {
        return Math.sqrt(sum(back -> square(values.applyAsDouble(back)), days) / days);
    }

    static double least(IntToDoubleFunction values, int days) {
        double least = Double.POSITIVE_INFINITY;
        for (int back = 0; back < days; back++) {
            least = Math.min(least, values.applyAsDouble(back));
        }
        return least;
    }

    /** Slope of {@code values} on {@code market}; NaN where the market stood still. */
    static double beta(IntToDoubleFunction values, IntToDoubleFunction market, int days) {
        double mean = sum(values, days) / days;
        double marketMean = sum(market, days) / days;
        double covariance =
                sum(back -> (values.applyAsDouble(back) - mean) * (market.applyAsDouble(back) - marketMean), days);
        double variance = sum(back -> square(market.applyAsDouble(back) - marketMean), days);
        return variance == 0 ? Double.NaN : covariance / variance;
    }

    /** Share of the market's worst tenth of days that are among the worst tenth of the series' own: 0.1 by chance, 1 always. */
    static double tailDependence(IntToDoubleFunction values, IntToDoubleFunction market, int days) {
        if (Double.isNaN(sum(values, days) + sum(market, days))) {
            return Double.NaN;
        }
        int[] own = worst(values, days);
        long shared = Arrays.stream(worst(market, days))
                .filter(day -> Arrays.binarySearch(own, day) >= 0)
                .count();
        return shared / (double) own.length;
    }

    /** The worst tenth of the days, in the order of their numbers. */
    private static int[] worst(IntToDoubleFunction values, int days) {
        return IntStream.range(0, days)
                .boxed()
                .sorted(Comparator.comparingDouble(values::applyAsDouble))
                .limit(Math.max(1, days / 10))
                .mapToInt(Integer::intValue)
                .sorted()
                .toArray();
    }

    private static double square(double value) {
        return value * value;
    }
}
