package io.mlpool.features;

import io.mlpool.market.CandleSeries;
import io.mlpool.market.Interval;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A stretch of a series without holes: short gaps are filled with the last close and no turnover, long ones end the stretch.
 *
 * @param interval of the bars
 * @param firstOpen epoch second at which the first bar opens
 * @param range logarithm of each bar's high over its low; NaN where unknown and where the bar was filled
 * @param close close of each bar
 * @param turnover quote currency traded over {@link #turnoverBars} bars up to each bar, or over 24 hours where the source tells those;
 *     NaN where unknown
 * @param trailing whether the source tells 24 hours
 * @param observed false where the bar was filled
 */
record PriceGrid(
        Interval interval,
        long firstOpen,
        double[] range,
        double[] close,
        double[] turnover,
        boolean[] trailing,
        boolean[] observed) {

    /** A longer gap is an outage: what a model would see of it is invented. */
    static final int LONGEST_FILL = 6;

    int size() {
        return close.length;
    }

    long openSecond(int i) {
        return firstOpen + i * interval.seconds();
    }

    /**
     * Bars that turnover is summed over: a day, which is what CoinGecko reports, or 24 bars where a day has more. Of bars under an hour
     * the two are not the same, which models have learned with.
     */
    static int turnoverBars(Interval interval) {
        return Math.min(barsOfDay(interval), 24);
    }

    /** Quote currency traded in the day up to a bar's close; NaN where unknown. */
    double dayTurnover(int i) {
        return trailing[i] ? turnover[i] : turnover[i] * barsOfDay(interval) / turnoverBars(interval);
    }

    /** Bars of a day, at least one. */
    static int barsOfDay(Interval interval) {
        return Math.max(1, interval.bars(Duration.ofDays(1)));
    }

    /** The stretches of a series, oldest first. */
    static List<PriceGrid> of(CandleSeries series) {
        List<PriceGrid> stretches = new ArrayList<>();
        long reach = (LONGEST_FILL + 1) * series.key().interval().seconds();
        int start = 0;
        for (int i = 1; i <= series.size(); i++) {
            if (i == series.size() || series.openSecond(i) - series.openSecond(i - 1) > reach) {
                stretches.add(stretch(series, start, i));
                start = i;
            }
        }
        return stretches;
    }

    private static PriceGrid stretch(CandleSeries series, int from, int to) {
        Interval interval = series.key().interval();
        long first = series.openSecond(from);
        int size = Math.toIntExact((series.openSecond(to - 1) - first) / interval.seconds()) + 1;
        double[] range = new double[size];
        double[] close = new double[size];
        double[] traded = new double[size];
        boolean[] trailing = new boolean[size];
        boolean[] observed = new boolean[size];
        for (int i = from, bar = 0; i < to; i++) {
            int at = Math.toIntExact((series.openSecond(i) - first) / interval.seconds());
            for (; bar < at; bar++) {
                range[bar] = Double.NaN;
                close[bar] = close[bar - 1];
                trailing[bar] = trailing[bar - 1];
                traded[bar] = trailing[bar] ? traded[bar - 1] : 0;
            }
            range[bar] = series.range(i);
            close[bar] = series.close(i);
            traded[bar] = series.turnover(i);
            trailing[bar] = series.turnoverIsTrailing(i);
            observed[bar++] = true;
        }
        return new PriceGrid(
                interval, first, range, close, turnover(traded, trailing, turnoverBars(interval)), trailing, observed);
    }

    /** Sums afresh at each bar: a running sum would make the value depend on where the history begins. */
    private static double[] turnover(double[] traded, boolean[] trailing, int bars) {
        double[] turnover = new double[traded.length];
        for (int i = 0; i < traded.length; i++) {
            turnover[i] = trailing[i] ? traded[i] : sum(traded, trailing, i, bars);
        }
        return turnover;
    }

    private static double sum(double[] traded, boolean[] trailing, int i, int bars) {
        if (i < bars - 1) {
            return Double.NaN;
        }
        double sum = 0;
        for (int k = i - bars + 1; k <= i; k++) {
            sum += trailing[k] ? Double.NaN : traded[k];
        }
        return sum;
    }
}
