package io.mlpool.training.anomaly;

import java.util.Comparator;
import java.util.stream.IntStream;

/** Spearman's rank correlation; equal values share the mean of their ranks. */
final class RankCorrelation {

    private RankCorrelation() {}

    /** From -1 to 1; 1 where neither varies. */
    static double of(float[] some, float[] others) {
        double[] x = ranks(some);
        double[] y = ranks(others);
        double mean = (x.length + 1) / 2.0;
        double xy = 0;
        double xx = 0;
        double yy = 0;
        for (int i = 0; i < x.length; i++) {
            xy += (x[i] - mean) * (y[i] - mean);
            xx += (x[i] - mean) * (x[i] - mean);
            yy += (y[i] - mean) * (y[i] - mean);
        }
        return xx == 0 || yy == 0 ? 1 : xy / Math.sqrt(xx * yy);
    }

    private static double[] ranks(float[] values) {
        int[] order = IntStream.range(0, values.length)
                .boxed()
                .sorted(Comparator.comparing(i -> values[i]))
                .mapToInt(Integer::intValue)
                .toArray();
        double[] ranks = new double[values.length];
        for (int from = 0, to = 0; from < order.length; from = to) {
            while (to < order.length && values[order[to]] == values[order[from]]) {
                to++;
            }
            for (int i = from; i < to; i++) {
                ranks[order[i]] = (from + to + 1) / 2.0;
            }
        }
        return ranks;
    }
}
