package io.mlpool.training.promotion;

/**
 * When a candidate may go live.
 *
 * @param level highest probability that noise alone would have looked so good, one-sided
 * @param fewestTimes times that must be scored, and as many as {@code fewestIndependent} times the longest horizon
 * @param fewestIndependent stretches as long as the longest horizon that must be scored
 */
public record GateRules(double level, int fewestTimes, int fewestIndependent) {

    public GateRules {
        if (!(level > 0 && level < 0.5)) {
            throw new IllegalArgumentException("level must lie between 0 and 0.5, found " + level);
        }
        if (fewestTimes < 2 || fewestIndependent < 1) {
            throw new IllegalArgumentException(
                    "a test needs at least 2 times and 1 independent stretch, found %d and %d"
                            .formatted(fewestTimes, fewestIndependent));
        }
    }

    int needed(int longestHorizonBars) {
        return Math.max(fewestTimes, fewestIndependent * longestHorizonBars);
    }
}
