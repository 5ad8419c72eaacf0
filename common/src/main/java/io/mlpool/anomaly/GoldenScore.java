package io.mlpool.anomaly;

import io.mlpool.model.BrokenBundleException;

/**
 * Real points and the model's scores when the bundle was made: whoever loads the bundle asks again and must hear the same.
 *
 * @param features {@code [n x width]}, row by row
 * @param score {@code [n]}
 */
public record GoldenScore(float[] features, float[] score) {

    /** Largest difference that another processor's arithmetic may make. */
    public static final float TOLERANCE = 1e-5f;

    /**
     * Asks again.
     *
     * @throws BrokenBundleException when a score differs by more than {@link #TOLERANCE}
     */
    public void verify(Scorer scorer) {
        float[] found = scorer.scores(features, score.length);
        for (int i = 0; i < score.length; i++) {
            if (!(Math.abs(found[i] - score[i]) <= TOLERANCE)) {
                throw new BrokenBundleException(
                        "golden score %d is %s, the model now says %s: it computes something else here than where it was made"
                                .formatted(i, score[i], found[i]));
            }
        }
    }
}
