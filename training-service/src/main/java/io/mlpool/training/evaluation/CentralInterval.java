package io.mlpool.training.evaluation;

import java.util.ArrayList;
import java.util.List;

/**
 * An interval between two quantiles with the same probability on either side.
 *
 * @param low index of the lower level
 * @param high index of the upper level
 * @param nominal probability that it should hold the outcome
 */
record CentralInterval(int low, int high, double nominal) {

    /** The intervals that these levels offer, narrowest first. */
    static List<CentralInterval> of(List<Double> levels) {
        List<CentralInterval> intervals = new ArrayList<>();
        for (int low = levels.size() / 2 - 1; low >= 0; low--) {
            for (int high = levels.size() - 1; high > low; high--) {
                if (Math.abs(levels.get(low) + levels.get(high) - 1) < 1e-9) {
                    intervals.add(new CentralInterval(low, high, levels.get(high) - levels.get(low)));
                }
            }
        }
        return intervals;
    }

    /** {@code 80} for 80 %. */
    String label() {
        return Long.toString(Math.round(nominal * 100));
    }

    boolean covers(Forecasts forecasts, int i, int horizon) {
        double target = forecasts.windows().target(i, horizon);
        return target >= forecasts.quantile(i, horizon, low) && target <= forecasts.quantile(i, horizon, high);
    }

    /** Winkler's score (1972, JASA 67): the width, and for a miss its distance times two over the miss probability. */
    double winkler(Forecasts forecasts, int i, int horizon) {
        double target = forecasts.windows().target(i, horizon);
        double bottom = forecasts.quantile(i, horizon, low);
        double top = forecasts.quantile(i, horizon, high);
        double miss = Math.max(0, Math.max(bottom - target, target - top));
        return top - bottom + 2 / (1 - nominal) * miss;
    }
}
