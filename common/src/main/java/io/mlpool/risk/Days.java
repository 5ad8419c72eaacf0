package io.mlpool.risk;

import io.mlpool.market.CandleSeries;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;

/**
 * A series by days that are counted back from a time: day 0 are the 24 hours up to {@code asOf}, day 1 those before. A candle counts
 * for the day that its close lies in (end inclusive). So the same grid serves each hour of a live day and each midnight of a history, and
 * nothing older than {@link #HISTORY} matters.
 */
final class Days {

    /** Days that are looked at. */
    static final int HISTORY = 366;

    /** A longer silence ends a history: what trades under the name afterwards may be another coin. */
    static final Duration LONGEST_SILENCE = RiskFeatures.LONGEST_SILENCE;

    private static final long DAY = 86_400;

    private final double[] close = new double[HISTORY];
    private final double[] turnover = new double[HISTORY];
    private final int[] traded = new int[HISTORY];
    private final int candlesOfADay;
    private int size;
    private double silentDays = Double.NaN;

    private Days(int candlesOfADay) {
        this.candlesOfADay = candlesOfADay;
    }

    /** The days up to {@code asOf}; none when the newest candle is older than {@link #LONGEST_SILENCE}. */
    static Days of(CandleSeries series, Instant asOf) {
        long step = series.key().interval().seconds();
        Days days = new Days(Math.toIntExact(DAY / step));
        Arrays.fill(days.close, Double.NaN);
        long end = asOf.getEpochSecond();
        long next = end;
        for (int i = series.closedBy(asOf) - 1; i >= 0; i--) {
            long at = series.openSecond(i) + step;
            if (next - at > LONGEST_SILENCE.toSeconds() || end - at >= HISTORY * DAY) {
                break;
            }
            days.add(series, i, (end - at) / (double) DAY);
            next = at;
        }
        days.carryCloses();
        return days;
    }

    /** How many there are, at most {@link #HISTORY}. */
    int size() {
        return size;
    }

    /** Last price of a day; of the day before where nobody traded. */
    double close(int back) {
        return close[back];
    }

    /** Log return of a day; NaN beyond the history. */
    double logReturn(int back) {
        return back + 1 < size ? Math.log(close[back] / close[back + 1]) : Double.NaN;
    }

    /** Quote currency traded within a day; NaN where the source does not say. */
    double turnover(int back) {
        return back < size ? turnover[back] : Double.NaN;
    }

    /** Share of the candles of the newest {@code days} that are missing or in which nobody traded. */
    double silentShare(int days) {
        int sum = 0;
        for (int back = 0; back < days; back++) {
            sum += traded[back];
        }
        return size < days ? Double.NaN : 1 - sum / (double) (days * candlesOfADay);
    }

    /** Days since somebody traded; NaN when nobody did in all of the history. */
    double silentDays() {
        return silentDays;
    }

    private void add(CandleSeries series, int i, double age) {
        int back = (int) age;
        if (Double.isNaN(close[back])) {
            close[back] = series.close(i);
            turnover[back] = series.turnover(i);
        } else if (!series.turnoverIsTrailing(i)) {
            turnover[back] += series.turnover(i);
        }
        if (series.turnover(i) != 0) {
            traded[back]++;
            silentDays = Double.isNaN(silentDays) ? age : silentDays;
        }
        size = back + 1;
    }

    private void carryCloses() {
        for (int back = size - 2; back >= 0; back--) {
            close[back] = Double.isNaN(close[back]) ? close[back + 1] : close[back];
        }
    }
}
