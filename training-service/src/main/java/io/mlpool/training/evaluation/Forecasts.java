package io.mlpool.training.evaluation;

import io.mlpool.model.Calibration;
import io.mlpool.model.Forecaster;
import io.mlpool.training.dataset.WindowSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * What a model said about some windows: 4 bytes for each horizon and level. The windows themselves are cut batch by batch.
 *
 * @param windows what it was asked about, and what happened
 * @param quantiles {@code [windows x horizons x levels]} of the scaled return
 */
public record Forecasts(WindowSet windows, float[] quantiles) {

    private static final int BATCH = 512;

    public Forecasts {
        if (quantiles.length != windows.size() * windows.shape().size()) {
            throw new IllegalArgumentException("%d windows have %d quantiles each, found %d in all"
                    .formatted(windows.size(), windows.shape().size(), quantiles.length));
        }
    }

    /** Asks a model about every window. */
    public static Forecasts of(Forecaster forecaster, WindowSet windows) {
        int window = windows.schema().steps() * windows.schema().width();
        int answer = windows.shape().size();
        float[] batch = new float[BATCH * window];
        float[] quantiles = new float[windows.size() * answer];
        for (int from = 0; from < windows.size(); from += BATCH) {
            int count = Math.min(BATCH, windows.size() - from);
            for (int i = 0; i < count; i++) {
                windows.copyWindow(from + i, batch, i * window);
            }
            System.arraycopy(forecaster.forecast(batch, count), 0, quantiles, from * answer, count * answer);
        }
        return new Forecasts(windows, quantiles);
    }

    /** What a naive opponent says about every window: it does not look at them, so none need be cut. */
    public static Forecasts constant(Forecaster naive, WindowSet windows) {
        return new Forecasts(windows, naive.forecast(new float[0], windows.size()));
    }

    /**
     * Forecasts of stretches of time in one.
     *
     * @param windows those of all stretches, one stretch after the other
     */
    public static Forecasts joined(WindowSet windows, List<Forecasts> stretches) {
        float[] quantiles = new float[windows.size() * windows.shape().size()];
        int at = 0;
        for (Forecasts stretch : stretches) {
            System.arraycopy(stretch.quantiles, 0, quantiles, at, stretch.quantiles.length);
            at += stretch.quantiles.length;
        }
        if (at < quantiles.length) {
            throw new IllegalArgumentException(
                    "%d quantiles of %d windows are missing".formatted(quantiles.length - at, windows.size()));
        }
        return new Forecasts(windows, quantiles);
    }

    /** The same after calibration. */
    public Forecasts calibrated(Calibration calibration) {
        int horizons = windows.shape().horizons().size();
        int levels = windows.shape().levels().size();
        float[] moved = new float[quantiles.length];
        for (int i = 0; i < windows.size(); i++) {
            for (int h = 0; h < horizons; h++) {
                double[] row = calibration.apply(quantiles, i, h);
                for (int level = 0; level < levels; level++) {
                    moved[at(i, h) + level] = (float) row[level];
                }
            }
        }
        return new Forecasts(windows, moved);
    }

    /** The forecasts at positions {@code from} (inclusive) to {@code until} (exclusive). */
    public Forecasts slice(int from, int until) {
        return select(IntStream.range(from, until).toArray());
    }

    /** The forecasts at these positions, which must rise. */
    public Forecasts select(int[] positions) {
        int answer = windows.shape().size();
        float[] selected = new float[positions.length * answer];
        for (int i = 0; i < positions.length; i++) {
            System.arraycopy(quantiles, positions[i] * answer, selected, i * answer, answer);
        }
        return new Forecasts(windows.select(positions), selected);
    }

    /** Quantile of the scaled return. */
    public double quantile(int i, int horizon, int level) {
        return quantiles[at(i, horizon) + level];
    }

    /** Mean over the levels of twice the pinball loss, see {@link Pinball}; NaN when the target is not known. */
    public double loss(int i, int horizon) {
        return Pinball.mean(windows.shape().levels(), quantiles, at(i, horizon), windows.target(i, horizon));
    }

    /** Share of the known outcomes within the central interval of so many percent; 0 when none is known. */
    public Map<String, Double> coverage(int horizon) {
        Map<String, Double> coverage = new TreeMap<>();
        for (CentralInterval interval : CentralInterval.of(windows.shape().levels())) {
            double share = IntStream.range(0, windows.size())
                    .filter(i -> !Float.isNaN(windows.target(i, horizon)))
                    .mapToDouble(i -> interval.covers(this, i, horizon) ? 1 : 0)
                    .average()
                    .orElse(0);
            coverage.put(interval.label(), share);
        }
        return coverage;
    }

    private int at(int i, int horizon) {
        return (i * windows.shape().horizons().size() + horizon)
                * windows.shape().levels().size();
    }
}
