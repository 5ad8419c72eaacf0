package io.mlpool.serving.anomaly;

import com.amazon.randomcutforest.RandomCutForest;

/**
 * Says of each new point of a stream how unlike it is to those before it, and learns it then: a Robust Random Cut Forest (Guha,
 * Mishra, Roy, Schrijvers: Robust Random Cut Forest Based Anomaly Detection on Streams, ICML 2016). Not for several threads.
 */
public final class StreamForest {

    private final int dimensions;
    private final RandomCutForest forest;

    public StreamForest(ForestSettings settings) {
        dimensions = settings.dimensions();
        forest = RandomCutForest.builder()
                .dimensions(settings.dimensions() * settings.shingle())
                .shingleSize(settings.shingle())
                .internalShinglingEnabled(true)
                .numberOfTrees(settings.trees())
                .sampleSize(settings.samples())
                .timeDecay(0.1 / settings.samples())
                .outputAfter(settings.warmUp())
                .randomSeed(settings.seed())
                .build();
    }

    /**
     * Scores a point, then learns it.
     *
     * @param point {@code [dimensions]}, finite; dimensions should have like scales
     * @return 0 until it is warm; about 1 for what is as expected, 3 and more for what is not. It does not depend on the scale of the numbers
     */
    public double score(float[] point) {
        if (point.length != dimensions) {
            throw new IllegalArgumentException("a point has %d numbers, found %d".formatted(dimensions, point.length));
        }
        for (float value : point) {
            if (!Float.isFinite(value)) {
                throw new IllegalArgumentException("a point must be finite, found " + value);
            }
        }
        double score = forest.getAnomalyScore(point);
        forest.update(point);
        return score;
    }
}
