package io.mlpool.anomaly;

import io.mlpool.market.Interval;
import java.time.Duration;

/**
 * How many findings people want to read.
 *
 * @param perWeek of each asset
 */
public record AlarmBudget(double perWeek) {

    public static final AlarmBudget USUAL = new AlarmBudget(2);

    /** Whatever the budget, no more of the candles are anomalies: of seven days in a week two would be every third. */
    public static final double MOST_SHARE = 0.05;

    public AlarmBudget {
        if (!(perWeek > 0) || Double.isInfinite(perWeek)) {
            throw new IllegalArgumentException("a budget must be positive and finite, found " + perWeek);
        }
    }

    /** Share of the candles of an interval that may be told. */
    public double share(Interval interval) {
        return Math.min(
                MOST_SHARE, perWeek * interval.seconds() / Duration.ofDays(7).toSeconds());
    }
}
