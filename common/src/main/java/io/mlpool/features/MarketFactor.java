package io.mlpool.features;

import io.mlpool.market.CandleSeries;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;

/**
 * What the market as a whole did in each bar: the returns of bitcoin, which leads it, and the mean over the assets that the
 * schema names, all in units of each asset's own volatility. Where nothing is known the value is 0, the neutral one.
 */
public final class MarketFactor {

    private static final String LEADER = "bitcoin";
    private static final int COLUMNS = Column.values().length;

    private final long firstOpen;
    private final long step;
    private final double[] values;

    /** The series of the factor. */
    enum Column {
        LEADER_1(0, 1),
        LEADER_4(1, 4),
        LEADER_24(2, 24),
        MEAN_1(3, 1),
        MEAN_24(4, 24);

        private final int index;
        private final int span;

        Column(int index, int span) {
            this.index = index;
            this.span = span;
        }
    }

    private MarketFactor(long firstOpen, long step, int bars) {
        this.firstOpen = firstOpen;
        this.step = step;
        this.values = new double[bars * COLUMNS];
    }

    /**
     * The factor over the time that the series span.
     *
     * @param schema names the assets that count; series of others are ignored
     */
    public static MarketFactor of(FeatureSchema schema, Collection<CandleSeries> series) {
        List<PriceGrid> members = series.stream()
                .filter(one -> schema.market().contains(one.key().asset()) && !one.isEmpty())
                .sorted((a, b) -> a.key().asset().compareTo(b.key().asset()))
                .flatMap(one -> PriceGrid.of(one).stream())
                .toList();
        MarketFactor factor = covering(schema.interval().seconds(), members);
        factor.average(members);
        series.stream()
                .filter(one ->
                        one.key().asset().equals(LEADER) && schema.market().contains(LEADER))
                .flatMap(one -> PriceGrid.of(one).stream())
                .forEach(factor::lead);
        return factor;
    }

    /** Value for the bar that opens at {@code openSecond}. */
    double at(long openSecond, Column column) {
        long bar = Math.floorDiv(openSecond - firstOpen, step);
        return bar < 0 || bar >= values.length / COLUMNS ? 0 : values[index(bar, column)];
    }

    private static MarketFactor covering(long step, List<PriceGrid> members) {
        long first = members.stream().mapToLong(PriceGrid::firstOpen).min().orElse(0);
        long last = members.stream()
                .mapToLong(grid -> grid.openSecond(grid.size() - 1))
                .max()
                .orElse(first - step);
        return new MarketFactor(first, step, Math.toIntExact((last - first) / step) + 1);
    }

    private void lead(PriceGrid bitcoin) {
        for (Column column : List.of(Column.LEADER_1, Column.LEADER_4, Column.LEADER_24)) {
            addScaledReturns(bitcoin, column);
        }
    }

    private void average(List<PriceGrid> members) {
        for (Column column : List.of(Column.MEAN_1, Column.MEAN_24)) {
            int[] counts = new int[values.length / COLUMNS];
            members.forEach(grid -> count(counts, grid, addScaledReturns(grid, column)));
            for (int bar = 0; bar < counts.length; bar++) {
                values[index(bar, column)] /= Math.max(1, counts[bar]);
            }
        }
    }

    private static void count(int[] counts, PriceGrid grid, int firstBar) {
        for (int i = Volatility.WINDOW; i < grid.size(); i++) {
            counts[firstBar + i] += grid.observed()[i] ? 1 : 0;
        }
    }

    /**
     * Adds the clipped scaled returns of a member and says at which bar of the factor it begins. A filled bar does not count: at
     * its time nobody knew that it would be filled.
     */
    private int addScaledReturns(PriceGrid grid, Column column) {
        int offset = Math.toIntExact((grid.firstOpen() - firstOpen) / step);
        double[] returns = scaledReturns(grid, column.span);
        for (int i = Volatility.WINDOW; i < returns.length; i++) {
            if (grid.observed()[i]) {
                values[index(offset + i, column)] += Math.clamp(returns[i], -FeatureFrame.CLIP, FeatureFrame.CLIP);
            }
        }
        return offset;
    }

    private static double[] scaledReturns(PriceGrid grid, int span) {
        double[] logClose = Arrays.stream(grid.close()).map(Math::log).toArray();
        double[] returns = new double[logClose.length];
        for (int i = 1; i < returns.length; i++) {
            returns[i] = logClose[i] - logClose[i - 1];
        }
        double[] volatility = Volatility.of(returns);
        for (int i = returns.length - 1; i >= Volatility.WINDOW; i--) {
            returns[i] = (logClose[i] - logClose[i - span]) / (volatility[i] * Math.sqrt(span));
        }
        return returns;
    }

    private static int index(long bar, Column column) {
        return Math.toIntExact(bar * COLUMNS) + column.index;
    }
}
