package io.mlpool.features;

/** How far the closes of a stretch moved, whichever way: sizes of log returns against the current volatility. */
final class Moves {

    /** Days that the season of a day is the mean of. */
    private static final int SEASON_DAYS = 14;

    /** Weights of an exponential mean are cut after so many half-lives, where a thousandth of them is left. */
    private static final int HALF_LIVES = 10;

    private final double[] returns;
    private final double[] volatility;
    private final int barsOfDay;

    /**
     * Of one stretch.
     *
     * @param returns log return of each bar
     * @param volatility of each bar's log return, see {@link Volatility}
     */
    Moves(double[] returns, double[] volatility, int barsOfDay) {
        this.returns = returns;
        this.volatility = volatility;
        this.barsOfDay = barsOfDay;
    }

    /** Exponentially weighted volatility with a shorter half-life against the current one, as a logarithm. */
    double ewmaVolatility(int i, int halfLife) {
        double decay = StrictMath.pow(0.5, 1.0 / halfLife);
        double weight = 1;
        double weights = 0;
        double sum = 0;
        for (int age = 0; age < HALF_LIVES * halfLife; age++) {
            sum += weight * returns[i - age] * returns[i - age];
            weights += weight;
            weight *= decay;
        }
        return relative(i, Math.sqrt(sum / weights));
    }

    /** Mean size of the last {@code span} returns against the current volatility, as a logarithm. */
    double mean(int i, int span) {
        double sum = 0;
        for (int k = i - span + 1; k <= i; k++) {
            sum += Math.abs(returns[k]);
        }
        return relative(i, sum / span);
    }

    /** The largest of the last {@code span} returns against the current volatility, as a logarithm. */
    double largest(int i, int span) {
        double largest = 0;
        for (int k = i - span + 1; k <= i; k++) {
            largest = Math.max(largest, Math.abs(returns[k]));
        }
        return relative(i, largest);
    }

    /** Root of the mean square of what was lost in each of the last {@code span} bars against the current volatility, as a logarithm. */
    double downside(int i, int span) {
        double sum = 0;
        for (int k = i - span + 1; k <= i; k++) {
            sum += returns[k] < 0 ? returns[k] * returns[k] : 0;
        }
        return relative(i, Math.sqrt(sum / span));
    }

    /** Share of the last {@code span} bars in which the close did not move at all. */
    double still(int i, int span) {
        double still = 0;
        for (int k = i - span + 1; k <= i; k++) {
            still += returns[k] == 0 ? 1 : 0;
        }
        return still / span;
    }

    /**
     * How large moves were, over two weeks, at the times of day that are to come, against all times of day, as a logarithm.
     *
     * @param after bars from now on that are left out
     * @param until the last bar from now on that counts
     * @return 0 where a bar has no time of day (a day or longer), or two weeks are more history than a schema has
     */
    double season(int i, int after, int until) {
        if (barsOfDay < until || SEASON_DAYS * barsOfDay >= FeatureSchema.WARM_UP) {
            return 0;
        }
        double sum = 0;
        for (int day = 1; day <= SEASON_DAYS; day++) {
            for (int ahead = after + 1; ahead <= until; ahead++) {
                sum += Math.abs(returns[i - day * barsOfDay + ahead]);
            }
        }
        double all = 0;
        for (int k = i - SEASON_DAYS * barsOfDay + 1; k <= i; k++) {
            all += Math.abs(returns[k]);
        }
        double usual = Math.max(Volatility.FLOOR, all / (SEASON_DAYS * barsOfDay));
        return Math.log(Math.max(Volatility.FLOOR, sum / (SEASON_DAYS * (until - after))) / usual);
    }

    private double relative(int i, double size) {
        return Math.log(Math.max(Volatility.FLOOR, size) / volatility[i]);
    }
}
