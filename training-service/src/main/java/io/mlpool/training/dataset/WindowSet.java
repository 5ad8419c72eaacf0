package io.mlpool.training.dataset;

import io.mlpool.features.FeatureFrame;
import io.mlpool.features.FeatureSchema;
import io.mlpool.model.ForecastShape;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collection;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Windows with what happened after them, in the order of their close times. Windows are cut from frames when asked for: a
 * million of them take 12 bytes and a target each.
 */
public final class WindowSet {

    private final FeatureSchema schema;
    private final ForecastShape shape;
    private final List<FeatureFrame> frames;
    private final int[] frameOf;
    private final int[] rowOf;
    private final float[] targets;

    /**
     * Windows of these frames.
     *
     * @param frameOf index of each window's frame
     * @param rowOf row of its frame at which each window ends
     * @param targets {@code [windows x horizons]} scaled returns, NaN where the price at the horizon was not observed
     */
    public WindowSet(
            FeatureSchema schema,
            ForecastShape shape,
            List<FeatureFrame> frames,
            int[] frameOf,
            int[] rowOf,
            float[] targets) {
        if (frameOf.length != rowOf.length
                || targets.length != rowOf.length * shape.horizons().size()) {
            throw new IllegalArgumentException("%d frames, %d rows and %d targets do not fit %d horizons"
                    .formatted(
                            frameOf.length,
                            rowOf.length,
                            targets.length,
                            shape.horizons().size()));
        }
        this.schema = schema;
        this.shape = shape;
        this.frames = List.copyOf(frames);
        this.frameOf = frameOf;
        this.rowOf = rowOf;
        this.targets = targets;
    }

    public FeatureSchema schema() {
        return schema;
    }

    public ForecastShape shape() {
        return shape;
    }

    public int size() {
        return rowOf.length;
    }

    /** In words, for whoever asks whether two sets are of the same time: {@code 12 windows from 2024-01-01T00:00:00Z to ...}. */
    public String span() {
        return size() == 0 ? "no windows" : "%d windows from %s to %s".formatted(size(), asOf(0), asOf(size() - 1));
    }

    public String asset(int i) {
        return frames.get(frameOf[i]).key().asset();
    }

    /** Close time of the newest candle in window {@code i}: when its forecast could have been made. */
    public Instant asOf(int i) {
        return frames.get(frameOf[i]).closeTime(rowOf[i]);
    }

    public double lastPrice(int i) {
        return frames.get(frameOf[i]).close(rowOf[i]);
    }

    /** Volatility of a bar's log return at {@link #asOf}. */
    public double volatility(int i) {
        return frames.get(frameOf[i]).volatility(rowOf[i]);
    }

    /** Quote currency traded a day, mean of the 30 days up to {@link #asOf} as far as they are known; NaN where none is. */
    public double traded(int i) {
        FeatureFrame frame = frames.get(frameOf[i]);
        int bars = schema.interval().bars(Duration.ofDays(30));
        return IntStream.rangeClosed(Math.max(0, rowOf[i] - bars + 1), rowOf[i])
                .mapToDouble(frame::turnover)
                .filter(value -> !Double.isNaN(value))
                .average()
                .orElse(Double.NaN);
    }

    /** Scaled return over a horizon; NaN when it is not known. */
    public float target(int i, int horizon) {
        return targets[i * shape.horizons().size() + horizon];
    }

    /** Change of the price, as a share of {@link #lastPrice}, that a scaled return over a horizon stands for. */
    public double change(int i, int horizon, double scaledReturn) {
        int bars = shape.horizons().get(horizon).bars(schema.interval());
        return Math.expm1(scaledReturn * volatility(i) * Math.sqrt(bars));
    }

    /**
     * The volatility that came true over a horizon, root of the mean squared log return of its bars, in units of {@link #volatility};
     * NaN where the target is not known. Of a long horizon it is told with far less noise than by one return.
     */
    public double realised(int i, int horizon) {
        if (Float.isNaN(target(i, horizon))) {
            return Double.NaN;
        }
        FeatureFrame frame = frames.get(frameOf[i]);
        int bars = shape.horizons().get(horizon).bars(schema.interval());
        double sum = 0;
        for (int row = rowOf[i] + 1; row <= rowOf[i] + bars; row++) {
            double change = Math.log(frame.close(row) / frame.close(row - 1));
            sum += change * change;
        }
        return Math.sqrt(sum / bars) / frame.volatility(rowOf[i]);
    }

    /**
     * These windows and later ones.
     *
     * @throws IllegalArgumentException when they are of another schema or shape, or not later
     */
    public WindowSet and(WindowSet later) {
        if (!schema.equals(later.schema) || !shape.equals(later.shape)) {
            throw new IllegalArgumentException("windows of another schema or shape cannot be joined");
        }
        if (size() > 0 && later.size() > 0 && later.asOf(0).isBefore(asOf(size() - 1))) {
            throw new IllegalArgumentException(
                    "windows must be joined in the order of time, found %s after %s".formatted(later.span(), span()));
        }
        List<FeatureFrame> all = new ArrayList<>(frames);
        all.addAll(later.frames);
        int[] frame = Arrays.copyOf(frameOf, frameOf.length + later.frameOf.length);
        Arrays.setAll(frame, i -> i < frameOf.length ? frameOf[i] : frames.size() + later.frameOf[i - frameOf.length]);
        int[] row = Arrays.copyOf(rowOf, frame.length);
        System.arraycopy(later.rowOf, 0, row, rowOf.length, later.rowOf.length);
        float[] target = Arrays.copyOf(targets, targets.length + later.targets.length);
        System.arraycopy(later.targets, 0, target, targets.length, later.targets.length);
        return new WindowSet(schema, shape, all, frame, row, target);
    }

    /** Copies window {@code i}, {@code [steps x width]} row by row. */
    public void copyWindow(int i, float[] target, int offset) {
        frames.get(frameOf[i]).copyWindow(rowOf[i], target, offset);
    }

    /** Copies the features of the newest bar of window {@code i}. */
    public void copyNewest(int i, float[] target) {
        for (int feature = 0; feature < schema.width(); feature++) {
            target[feature] = frames.get(frameOf[i]).value(rowOf[i], feature);
        }
    }

    /** Position of the first window at or after this time; {@link #size()} when all are earlier. */
    public int position(Instant asOf) {
        int low = 0;
        int high = size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (asOf(middle).isBefore(asOf)) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** The windows of {@code from} (inclusive) to {@code until} (exclusive). */
    public WindowSet between(Instant from, Instant until) {
        int first = position(from);
        return select(IntStream.range(first, Math.max(first, position(until))).toArray());
    }

    /** The windows of these assets. */
    public WindowSet ofAssets(Collection<String> assets) {
        BitSet wanted = new BitSet();
        for (int i = 0; i < frames.size(); i++) {
            wanted.set(i, assets.contains(frames.get(i).key().asset()));
        }
        return select(
                IntStream.range(0, size()).filter(i -> wanted.get(frameOf[i])).toArray());
    }

    /** At most {@code count} windows, drawn evenly over the whole set so that every regime stays in. */
    public WindowSet thinned(int count) {
        if (size() <= count) {
            return this;
        }
        return select(Sample.evenly(size(), count));
    }

    /** The windows at these positions, which must rise. */
    public WindowSet select(int[] positions) {
        int horizons = shape.horizons().size();
        int[] frame = new int[positions.length];
        int[] row = new int[positions.length];
        float[] target = new float[positions.length * horizons];
        for (int i = 0; i < positions.length; i++) {
            frame[i] = frameOf[positions[i]];
            row[i] = rowOf[positions[i]];
            System.arraycopy(targets, positions[i] * horizons, target, i * horizons, horizons);
        }
        return new WindowSet(schema, shape, frames, frame, row, target);
    }
}
