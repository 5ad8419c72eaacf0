package io.mlpool.features;

/**
 * Volatility that the highest and lowest price of bars tell, by Parkinson (1980, "The extreme value method for estimating the variance of
 * the rate of return", Journal of Business 53): a bar's variance is {@code ln(high / low)^2 / (4 ln 2)}. It says of one bar what returns
 * say of five. Where a bar's range is not known its squared return stands in, which measures the same, with more noise.
 */
final class Parkinson {

    private static final double FOUR_LN_2 = 4 * StrictMath.log(2);

    private final double[] variance;
    private final double[] volatility;

    /**
     * Of one stretch.
     *
     * @param range logarithm of each bar's high over its low; NaN where unknown
     * @param returns log return of each bar
     * @param volatility of each bar's log return, see {@link Volatility}
     */
    Parkinson(double[] range, double[] returns, double[] volatility) {
        this.volatility = volatility;
        variance = new double[range.length];
        for (int i = 0; i < range.length; i++) {
            variance[i] = Double.isNaN(range[i]) ? returns[i] * returns[i] : range[i] * range[i] / FOUR_LN_2;
        }
    }

    /** Of the last {@code span} bars against the current volatility, as a logarithm. */
    double over(int i, int span) {
        double sum = 0;
        for (int k = i - span + 1; k <= i; k++) {
            sum += variance[k];
        }
        return Math.log(Math.max(Volatility.FLOOR, Math.sqrt(sum / span)) / volatility[i]);
    }
}
