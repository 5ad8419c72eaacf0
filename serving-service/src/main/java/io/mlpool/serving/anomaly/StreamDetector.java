package io.mlpool.serving.anomaly;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Watches points of several dimensions as they come: each dimension on a scale of its own, the point scored by a forest, and told
 * when the score is above a threshold that keeps to a budget of alarms. What is not known of a point is taken for as usual, and is
 * never what is told of it. The same points give the same findings, always. Not for several threads.
 */
public final class StreamDetector {

    private final DetectorSettings settings;
    private final List<Scaling> scalings = new ArrayList<>();
    private final StreamForest forest;
    private final Alarms alarms;
    private int seen;

    public StreamDetector(DetectorSettings settings) {
        this(settings, new StreamForest(settings.forest()));
    }

    private StreamDetector(DetectorSettings settings, StreamForest forest) {
        this.settings = settings;
        this.forest = forest;
        this.alarms = new Alarms(settings.alarms());
        settings.dimensions().forEach(dimension -> scalings.add(new Scaling(settings.scaling(), dimension.least())));
    }

    /**
     * Takes up where another one with the same settings was, exactly.
     *
     * @param state what {@link #state()} said
     */
    public static StreamDetector of(DetectorSettings settings, byte[] state) {
        return new StreamDetector(settings, DetectorState.of(state));
    }

    private StreamDetector(DetectorSettings settings, DetectorState state) {
        this(settings, new StreamForest(settings.forest().dimensions(), state.toForest()));
        for (int i = 0; i < scalings.size(); i++) {
            scalings.get(i).restore(state.values().get(i));
        }
        alarms.restore(state.disturbance(), state.scores());
        seen = state.seen();
    }

    /** Whether the last point belongs to a disturbance, told before or with it. */
    public boolean isDisturbed() {
        return alarms.state().length() > 0;
    }

    /** All that it knows. */
    public byte[] state() {
        return DetectorState.of(
                        forest.forest(),
                        scalings.stream().map(Scaling::values).toList(),
                        alarms.scores(),
                        alarms.state(),
                        seen)
                .bytes();
    }

    /**
     * Judges a point, then learns it.
     *
     * @param values {@code [dimensions]}; NaN for what is not known
     */
    public Optional<Finding> next(double[] values) {
        if (values.length != scalings.size()) {
            throw new IllegalArgumentException(
                    "a point has %d numbers, found %d".formatted(scalings.size(), values.length));
        }
        boolean[] known = new boolean[values.length];
        float[] point = new float[values.length];
        boolean any = false;
        for (int i = 0; i < values.length; i++) {
            known[i] = !Double.isNaN(values[i]) && (isAlone() || scalings.get(i).isWarm());
            point[i] = known[i] ? scaled(i, values[i]) : 0;
            any |= known[i];
        }
        Optional<Finding> finding = any ? judge(values, known, point) : Optional.empty();
        if (any) {
            forest.learn(point);
            seen++;
        }
        learnScales(values);
        return finding;
    }

    private Optional<Finding> judge(double[] values, boolean[] known, float[] point) {
        if (seen < settings.forest().warmUp() + settings.forest().shingle()) {
            return Optional.empty();
        }
        float score = (float) forest.look(point);
        Alarms.Verdict verdict = alarms.judge(score);
        return verdict.grade() > 0 ? explain(verdict, score, values, known, point) : Optional.empty();
    }

    /** Nothing is told of a point that differs only in the past of its shingle. */
    private Optional<Finding> explain(
            Alarms.Verdict verdict, float score, double[] values, boolean[] known, float[] point) {
        double[] shares = forest.shares(point);
        double sum = 0;
        int largest = -1;
        for (int i = 0; i < shares.length; i++) {
            shares[i] = known[i] ? shares[i] : 0;
            sum += shares[i];
            largest = known[i] && (largest < 0 || shares[i] > shares[largest]) ? i : largest;
        }
        if (!(sum > 0)) {
            return Optional.empty();
        }
        for (int i = 0; i < shares.length; i++) {
            shares[i] /= sum;
        }
        return Optional.of(new Finding(
                verdict.grade(),
                score,
                verdict.threshold(),
                largest,
                values[largest],
                expected(largest, point),
                shares));
    }

    private @Nullable Double expected(int dimension, float[] point) {
        double expected = unscaled(dimension, forest.expected(point, dimension));
        return Double.isFinite(expected) ? expected : null;
    }

    private void learnScales(double[] values) {
        for (int i = 0; i < values.length && !isAlone(); i++) {
            if (!Double.isNaN(values[i])) {
                scalings.get(i).learn(values[i]);
            }
        }
    }

    /** A forest of one dimension does not care for its scale. */
    private boolean isAlone() {
        return scalings.size() == 1;
    }

    private float scaled(int dimension, double value) {
        return (float) (isAlone() ? value : scalings.get(dimension).scaled(value));
    }

    private double unscaled(int dimension, double value) {
        return isAlone() ? value : scalings.get(dimension).unscaled(value);
    }
}
