package io.mlpool.risk;

import io.mlpool.market.CandleSeries;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;

/** What the market as a whole did day by day up to a time: the mean of its members' log returns. Shared by all assets of that time. */
public final class MarketDays {

    private final Instant asOf;
    private final double[] returns;

    private MarketDays(Instant asOf, double[] returns) {
        this.asOf = asOf;
        this.returns = returns;
    }

    /**
     * The market as of a time.
     *
     * @param members series of the assets that a model names as its market; candles that close later are not looked at
     */
    public static MarketDays of(Collection<CandleSeries> members, Instant asOf) {
        double[] sums = new double[Days.HISTORY];
        int[] counts = new int[Days.HISTORY];
        members.stream()
                .sorted((a, b) -> a.key().asset().compareTo(b.key().asset()))
                .map(series -> Days.of(series, asOf))
                .forEach(days -> add(days, sums, counts));
        double[] means = new double[Days.HISTORY];
        Arrays.setAll(means, back -> counts[back] == 0 ? Double.NaN : sums[back] / counts[back]);
        return new MarketDays(asOf, means);
    }

    Instant asOf() {
        return asOf;
    }

    /** Log return of a day; NaN where no member has one. */
    double logReturn(int back) {
        return returns[back];
    }

    private static void add(Days days, double[] sums, int[] counts) {
        for (int back = 0; back + 1 < days.size(); back++) {
            sums[back] += days.logReturn(back);
            counts[back]++;
        }
    }
}
