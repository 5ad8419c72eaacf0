package io.mlpool.training.dataset;

import io.mlpool.features.FeatureFrame;
import io.mlpool.features.FeatureSchema;
import io.mlpool.model.ForecastShape;
import java.util.Arrays;
import java.util.List;

/**
 * Finds every window of some frames and what happened after it. The target of a horizon of {@code h} bars is
 * {@code ln(C[t+h] / C[t]) / (volatility[t] * sqrt(h))}: in units of what was to be expected, it is comparable between coins
 * and years. It is NaN where the bar at {@code t+h} was not observed, or lies beyond a long gap or the end of the data.
 */
final class WindowCutter {

    private final List<FeatureFrame> frames;
    private final int[] bars;

    private WindowCutter(List<FeatureFrame> frames, int[] bars) {
        this.frames = frames;
        this.bars = bars;
    }

    static WindowSet cut(FeatureSchema schema, ForecastShape shape, List<FeatureFrame> frames) {
        int[] bars = shape.horizons().stream()
                .mapToInt(horizon -> horizon.bars(schema.interval()))
                .toArray();
        WindowCutter cutter = new WindowCutter(frames, bars);
        long[] order = cutter.order();
        int[] frameOf = new int[order.length];
        int[] rowOf = new int[order.length];
        float[] targets = new float[order.length * bars.length];
        int[] firstOf = cutter.firstRows();
        for (int i = 0; i < order.length; i++) {
            int position = (int) order[i];
            int frame = frameAt(firstOf, position);
            frameOf[i] = frame;
            rowOf[i] = position - firstOf[frame];
            for (int h = 0; h < bars.length; h++) {
                targets[i * bars.length + h] = cutter.target(frames.get(frame), rowOf[i], bars[h]);
            }
        }
        return new WindowSet(schema, shape, frames, frameOf, rowOf, targets);
    }

    /** Rows of all frames in one line: where each frame begins in it. */
    private int[] firstRows() {
        int[] first = new int[frames.size()];
        for (int i = 1; i < first.length; i++) {
            first[i] = Math.addExact(first[i - 1], frames.get(i - 1).rows());
        }
        return first;
    }

    private static int frameAt(int[] firstOf, int position) {
        int found = Arrays.binarySearch(firstOf, position);
        return found >= 0 ? found : -found - 2;
    }

    /** Minute of the close in the upper half, position in the lower: sorted, this is the order by time, then by asset. */
    private long[] order() {
        int[] firstOf = firstRows();
        long[] order = new long[frames.stream().mapToInt(FeatureFrame::rows).sum()];
        int count = 0;
        for (int f = 0; f < frames.size(); f++) {
            FeatureFrame frame = frames.get(f);
            for (int row = 0; row < frame.rows(); row++) {
                if (frame.hasWindow(row) && hasTarget(frame, row)) {
                    long minute = frame.closeTime(row).getEpochSecond() / 60;
                    order[count++] = minute << 32 | (firstOf[f] + row);
                }
            }
        }
        order = Arrays.copyOf(order, count);
        Arrays.sort(order);
        return order;
    }

    private boolean hasTarget(FeatureFrame frame, int row) {
        return Arrays.stream(bars).anyMatch(span -> isKnown(frame, row + span));
    }

    private float target(FeatureFrame frame, int row, int span) {
        if (!isKnown(frame, row + span)) {
            return Float.NaN;
        }
        double logReturn = Math.log(frame.close(row + span) / frame.close(row));
        return (float) (logReturn / (frame.volatility(row) * Math.sqrt(span)));
    }

    private static boolean isKnown(FeatureFrame frame, int row) {
        return row < frame.rows() && frame.isObserved(row);
    }
}
