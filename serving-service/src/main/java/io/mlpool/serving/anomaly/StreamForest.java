package io.mlpool.serving.anomaly;

import com.amazon.randomcutforest.RandomCutForest;
import com.amazon.randomcutforest.returntypes.DiVector;

/**
 * Says of each new point of a stream how unlike it is to those before it, and learns it then: a Robust Random Cut Forest (Guha,
 * Mishra, Roy, Schrijvers: Robust Random Cut Forest Based Anomaly Detection on Streams, ICML 2016). Not for several threads.
 */
public final class StreamForest {

    private final int dimensions;
    private final RandomCutForest forest;

    public StreamForest(ForestSettings settings) {
        this(
                settings.dimensions(),
                RandomCutForest.builder()
                        .dimensions(settings.dimensions() * settings.shingle())
                        .shingleSize(settings.shingle())
                        .internalShinglingEnabled(true)
                        .numberOfTrees(settings.trees())
                        .sampleSize(settings.samples())
                        .timeDecay(0.1 / settings.samples())
                        .outputAfter(settings.warmUp())
                        .randomSeed(settings.seed())
                        .build());
    }

    /** A forest that was somewhere else before. */
    StreamForest(int dimensions, RandomCutForest forest) {
        this.dimensions = dimensions;
        this.forest = forest;
    }

    RandomCutForest forest() {
        return forest;
    }

    /**
     * Scores a point, then learns it.
     *
     * @param point {@code [dimensions]}, finite; dimensions should have like scales
     * @return 0 until it is warm; about 1 for what is as expected, 3 and more for what is not. It does not depend on the scale of the numbers
     */
    public double score(float[] point) {
        double score = look(point);
        learn(point);
        return score;
    }

    /** The score alone. */
    double look(float[] point) {
        check(point);
        return forest.getAnomalyScore(point);
    }

    void learn(float[] point) {
        forest.update(point);
    }

    /** How much each dimension adds to the score of a point that was not learned yet, at all times of the shingle together. */
    double[] shares(float[] point) {
        check(point);
        DiVector parts = forest.getAnomalyAttribution(point);
        double[] shares = new double[dimensions];
        for (int i = 0; i < parts.getDimensions(); i++) {
            shares[i % dimensions] += parts.getHighLowSum(i);
        }
        return shares;
    }

    /** What one dimension of a point that was not learned yet would have been, judged by the others and by all before. */
    float expected(float[] point, int dimension) {
        float[] shingled = forest.transformToShingledPoint(point);
        int position = shingled.length - dimensions + dimension;
        return forest.imputeMissingValues(shingled, new int[] {position})[position];
    }

    private void check(float[] point) {
        if (point.length != dimensions) {
            throw new IllegalArgumentException("a point has %d numbers, found %d".formatted(dimensions, point.length));
        }
        for (float value : point) {
            if (!Float.isFinite(value)) {
                throw new IllegalArgumentException("a point must be finite, found " + value);
            }
        }
    }
}
