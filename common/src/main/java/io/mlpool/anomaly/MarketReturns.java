package io.mlpool.anomaly;

import io.mlpool.market.CandleSeries;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/**
 * What the market as a whole did in each candle: the median of its members' log returns. A mean would be moved by a single member, and
 * then all others would seem to break away.
 */
public final class MarketReturns {

    /** A market of fewer is none. */
    static final int FEWEST = 3;

    private final Map<Long, Double> medians;

    private MarketReturns(Map<Long, Double> medians) {
        this.medians = medians;
    }

    /** Of these members, in whatever order. */
    public static MarketReturns of(Collection<CandleSeries> members) {
        Map<Long, double[]> returns = new HashMap<>();
        for (CandleSeries member : members) {
            for (int i = 1; i < member.size(); i++) {
                double value = logReturn(member, i);
                if (!Double.isNaN(value)) {
                    returns.merge(member.openSecond(i), new double[] {value}, MarketReturns::joined);
                }
            }
        }
        Map<Long, Double> medians = new HashMap<>();
        returns.forEach((second, values) -> {
            if (values.length >= FEWEST) {
                medians.put(second, median(values));
            }
        });
        return new MarketReturns(medians);
    }

    /** In the candle that opens then; NaN where fewer than {@link #FEWEST} members are known. */
    double at(long openSecond) {
        return medians.getOrDefault(openSecond, Double.NaN);
    }

    /** Of candle {@code i} against the one just before it; NaN where that is missing. */
    static double logReturn(CandleSeries series, int i) {
        long step = series.key().interval().seconds();
        return i > 0 && series.openSecond(i) - series.openSecond(i - 1) == step
                ? Math.log(series.close(i) / series.close(i - 1))
                : Double.NaN;
    }

    private static double[] joined(double[] some, double[] more) {
        double[] all = Arrays.copyOf(some, some.length + more.length);
        System.arraycopy(more, 0, all, some.length, more.length);
        return all;
    }

    private static double median(double[] values) {
        Arrays.sort(values);
        return (values[(values.length - 1) / 2] + values[values.length / 2]) / 2;
    }
}
