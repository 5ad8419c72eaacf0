package io.mlpool.features;

/**
 * Volatility per bar: the root of the exponentially weighted mean of squared log returns, half-life 36 bars, as in RiskMetrics
 * (J.P. Morgan, Technical Document, 4th ed. 1996, section 5.2) but cut after {@link #WINDOW} returns. The cut makes the value a
 * function of a fixed number of bars: computed live or over ten years of history it is the same to the last bit.
 */
public final class Volatility {

    /** Half-life of the weights in bars. */
    public static final double HALF_LIFE = 36;

    /** Returns that count; the weight of an older one would be under 0.1 % of the newest's. */
    public static final int WINDOW = 360;

    /** A stablecoin that did not move at all still gets a scale to divide by. */
    public static final double FLOOR = 1e-5;

    private static final double[] WEIGHTS = weights();

    private Volatility() {}

    /**
     * Volatility at each bar; NaN where fewer than {@link #WINDOW} returns are known.
     *
     * @param returns log return of each bar against the one before; the first is ignored
     */
    static double[] of(double[] returns) {
        double[] volatility = new double[returns.length];
        for (int i = 0; i < returns.length; i++) {
            volatility[i] = i < WINDOW ? Double.NaN : at(returns, i);
        }
        return volatility;
    }

    private static double at(double[] returns, int i) {
        double sum = 0;
        for (int age = 0; age < WINDOW; age++) {
            double r = returns[i - age];
            sum += WEIGHTS[age] * r * r;
        }
        return Math.max(FLOOR, Math.sqrt(sum));
    }

    private static double[] weights() {
        double[] weights = new double[WINDOW];
        double sum = 0;
        for (int age = 0; age < WINDOW; age++) {
            weights[age] = StrictMath.pow(0.5, age / HALF_LIFE);
            sum += weights[age];
        }
        for (int age = 0; age < WINDOW; age++) {
            weights[age] /= sum;
        }
        return weights;
    }
}
