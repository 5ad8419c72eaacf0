package io.mlpool.serving.experiment.evidence;

/**
 * A mean with the interval that holds the true one, at every look at once with the confidence that was asked for.
 *
 * @param mean of the values so far; NaN without any
 * @param lower may be negative infinity: too few values to say anything
 * @param upper may be infinity
 * @param values how many there were
 */
public record Estimate(double mean, double lower, double upper, int values) {

    /** Of nothing yet. */
    static final Estimate NONE = new Estimate(Double.NaN, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY, 0);

    public Estimate {
        if (!(lower <= upper) || values < 0) {
            throw new IllegalArgumentException(
                    "an interval goes from low to high over 0 or more values, found [%s, %s] over %d"
                            .formatted(lower, upper, values));
        }
    }

    /** Whether the whole interval lies below. */
    public boolean isBelow(double bound) {
        return upper < bound;
    }

    /** Whether the whole interval lies above. */
    public boolean isAbove(double bound) {
        return lower > bound;
    }
}
