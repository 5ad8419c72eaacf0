package io.mlpool.anomaly;

/**
 * Where findings begin.
 *
 * @param score findings lie above it
 * @param tail mean excess over it of scores above it: the scale of an exponential tail
 * @param perWeek findings of each asset and week that it was made for
 */
public record Threshold(double score, double tail, double perWeek) {

    private static final double LEAST_GRADE = 1e-6;

    public Threshold {
        if (!(score > 0 && score <= 1) || !(tail > 0) || !(perWeek > 0)) {
            throw new IllegalArgumentException(
                    "score must lie in (0, 1], tail and budget be positive, found %s, %s and %s"
                            .formatted(score, tail, perWeek));
        }
    }

    /** How far beyond, in (0, 1]: 0.9 is ten times as rare as the threshold. */
    public double grade(double found) {
        return Math.max(LEAST_GRADE, 1 - Math.exp(-(found - score) / tail));
    }
}
