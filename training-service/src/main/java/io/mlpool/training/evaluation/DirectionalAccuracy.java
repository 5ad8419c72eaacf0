package io.mlpool.training.evaluation;

import io.mlpool.statistics.HacMean;
import io.mlpool.training.dataset.WindowSet;

/**
 * How often the median had the sign of the return. The interval is Wilson's (1927, JASA 22) with as many samples as the
 * forecasts are worth: overlapping horizons and coins that move together repeat each other, so the number is that at which
 * independent forecasts would have the variance that is measured (means over coins by time, {@link HacMean}).
 *
 * @param accuracy share of the forecasts that had the right sign, 0 to 1; returns and medians of zero do not count
 * @param low lower end of the 95 % interval
 * @param high upper end of the 95 % interval
 * @param forecasts that count
 * @param effectiveSamples independent forecasts that they are worth
 */
public record DirectionalAccuracy(double accuracy, double low, double high, int forecasts, double effectiveSamples) {

    private static final double Z = 1.959963984540054;

    /** Nothing was said of the direction: each median is the last price, as the random walk's, or no price moved. */
    public boolean saysNothing() {
        return forecasts == 0;
    }

    static DirectionalAccuracy of(Forecasts forecasts, int horizon) {
        WindowSet windows = forecasts.windows();
        int median = windows.shape().medianIndex();
        int count = 0;
        int right = 0;
        for (int i = 0; i < windows.size(); i++) {
            double hit = hit(forecasts, i, horizon, median);
            if (!Double.isNaN(hit)) {
                count++;
                right += (int) hit;
            }
        }
        if (count == 0) {
            return new DirectionalAccuracy(0.5, 0, 1, 0, 0);
        }
        double accuracy = (double) right / count;
        int bars = windows.shape().horizons().get(horizon).bars(windows.schema().interval());
        HacMean byTime = HacMean.of(TimeMeans.of(windows, i -> hit(forecasts, i, horizon, median)), bars);
        return wilson(accuracy, count, effectiveSamples(accuracy, count, byTime));
    }

    static DirectionalAccuracy wilson(double accuracy, int forecasts, double samples) {
        double scale = 1 + Z * Z / samples;
        double center = (accuracy + Z * Z / (2 * samples)) / scale;
        double half = Z / scale * Math.sqrt(accuracy * (1 - accuracy) / samples + Z * Z / (4 * samples * samples));
        return new DirectionalAccuracy(accuracy, center - half, center + half, forecasts, samples);
    }

    private static double effectiveSamples(double accuracy, int count, HacMean byTime) {
        double variance = byTime.standardError() * byTime.standardError();
        double samples = variance > 0 ? accuracy * (1 - accuracy) / variance : byTime.count();
        return Math.clamp(samples, 1, count);
    }

    private static double hit(Forecasts forecasts, int i, int horizon, int median) {
        double target = forecasts.windows().target(i, horizon);
        double said = forecasts.quantile(i, horizon, median);
        if (Double.isNaN(target) || target == 0 || said == 0) {
            return Double.NaN;
        }
        return target > 0 == said > 0 ? 1 : 0;
    }
}
