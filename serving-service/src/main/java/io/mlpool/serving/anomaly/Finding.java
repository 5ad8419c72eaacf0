package io.mlpool.serving.anomaly;

import org.jspecify.annotations.Nullable;

/**
 * A point that is unlike those before it.
 *
 * @param grade how far beyond the threshold, in (0, 1]: 0.9 is ten times as rare as what is just told
 * @param score of the forest
 * @param threshold that the score was above, as it stood then
 * @param dimension position of the one with the largest share
 * @param observed its value
 * @param expected what it would have been, judged by the other dimensions and all points before; null where nothing is expected
 * @param shares of each dimension in the score, they sum to 1; 0 where nothing was known
 */
public record Finding(
        double grade,
        double score,
        double threshold,
        int dimension,
        double observed,
        @Nullable Double expected,
        double[] shares) {

    public Finding {
        if (!(grade > 0) || grade > 1) {
            throw new IllegalArgumentException("grade must lie in (0, 1], found " + grade);
        }
    }
}
