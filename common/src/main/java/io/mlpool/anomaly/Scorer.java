package io.mlpool.anomaly;

/** Says how unlike all others points are: a forest, or the graph that was made of it. */
@FunctionalInterface
public interface Scorer {

    /**
     * Scores some points.
     *
     * @param rows {@code [count x width]}, scaled; 0 for what is not known, which is as usual
     * @return {@code [count]}, in (0, 1]; the higher the more unlike
     */
    float[] scores(float[] rows, int count);
}
