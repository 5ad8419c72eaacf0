package io.mlpool.serving.anomaly;

/**
 * When a score is told.
 *
 * @param share of the scores that may be told: the budget of alarms
 * @param quiet scores in a row below the threshold that end a disturbance
 * @param memory scores that the threshold is taken from
 * @param least nothing below is told, whatever the budget: points that are like all others have such scores, also where all others
 *     are the same
 */
public record AlarmSettings(double share, int quiet, int memory, double least) {

    /** No budget makes more of the points an anomaly. */
    public static final double MOST_SHARE = Tail.SHARE / 2;

    /** What the forest says of points that are as usual, the library's own limit. */
    private static final double AS_USUAL = 0.8;

    public AlarmSettings {
        if (!(share > 0) || share > MOST_SHARE) {
            throw new IllegalArgumentException(
                    "share must be positive and at most %s, found %s".formatted(MOST_SHARE, share));
        }
        if (quiet < 1) {
            throw new IllegalArgumentException("quiet must be positive, found " + quiet);
        }
        if (memory < Tail.WARM_UP) {
            throw new IllegalArgumentException("memory must be at least %d, found %d".formatted(Tail.WARM_UP, memory));
        }
        if (!(least >= 0) || Double.isInfinite(least)) {
            throw new IllegalArgumentException("least must be finite and not negative, found " + least);
        }
    }

    /** The usual ones. */
    public static AlarmSettings of(double share) {
        return new AlarmSettings(share, 6, 1_000, AS_USUAL);
    }

    /** For a single number, whose forest remembers longer, too. */
    public static AlarmSettings ofOneNumber(double share) {
        return new AlarmSettings(share, 12, 2_000, AS_USUAL);
    }

    /** The same with another limit. */
    public AlarmSettings atLeast(double score) {
        return new AlarmSettings(share, quiet, memory, score);
    }
}
