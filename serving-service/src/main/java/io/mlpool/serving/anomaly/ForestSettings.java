package io.mlpool.serving.anomaly;

/**
 * How a stream is watched.
 *
 * @param dimensions numbers that come at a time
 * @param shingle times that are looked at together
 * @param trees of the forest
 * @param samples that each tree remembers; what is ten times as old is as good as forgotten
 * @param warmUp times before anything is scored
 * @param seed of the sampling
 */
public record ForestSettings(int dimensions, int shingle, int trees, int samples, int warmUp, long seed) {

    /**
     * One number at a time, looked at alone, against two thousand before it: what finds most on the Numenta Anomaly Benchmark,
     * {@code docs/anomalies.md}.
     */
    public static final ForestSettings OF_ONE_NUMBER = new ForestSettings(1, 1, 30, 2048, 32, 7);

    public ForestSettings {
        require("dimensions", dimensions, 1);
        require("shingle", shingle, 1);
        require("trees", trees, 1);
        require("samples", samples, 16);
        require("warmUp", warmUp, 1);
    }

    /** The same with another memory. */
    public ForestSettings remembering(int number) {
        return new ForestSettings(dimensions, shingle, trees, number, warmUp, seed);
    }

    private static void require(String name, int value, int least) {
        if (value < least) {
            throw new IllegalArgumentException("%s must be at least %d, found %d".formatted(name, least, value));
        }
    }
}
