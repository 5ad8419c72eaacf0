package io.mlpool.drift;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * A market that stays as it is: features of several assets, hour by hour. Each feature remembers (autoregression of order one), and half of
 * its variance is the market's, the same for every asset. Values are standard normal.
 */
final class Simulation {

    static final int WEEK = 7 * 24;

    private final int assets;
    private final double[] memory;
    private final SplittableRandom random;
    private final double[] market;
    private final double[][] own;

    /** @param memory correlation of each feature with itself an hour before */
    Simulation(int assets, double[] memory, long seed) {
        this.assets = assets;
        this.memory = memory;
        this.random = new SplittableRandom(seed);
        this.market = new double[memory.length];
        this.own = new double[assets][memory.length];
        Arrays.setAll(market, i -> random.nextGaussian());
        for (double[] asset : own) {
            Arrays.setAll(asset, i -> random.nextGaussian());
        }
    }

    /** Thirty features that forget within hours, or within days. */
    static double[] thirty() {
        double[] kinds = {0, 0.5, 0.8, 0.9, 0.95, 0.98};
        return IntStream.range(0, 30).mapToDouble(i -> kinds[i % kinds.length]).toArray();
    }

    /** What so many weeks say of the rest. */
    DriftReference reference(int weeks) {
        List<double[][]> rows = new ArrayList<>();
        for (int week = 0; week < weeks; week++) {
            rows.add(week());
        }
        double[][] sorted = IntStream.range(0, memory.length)
                .mapToObj(i -> rows.stream()
                        .flatMapToDouble(week -> Arrays.stream(week).mapToDouble(row -> row[i]))
                        .limit(20_000)
                        .sorted()
                        .toArray())
                .toArray(double[][]::new);
        List<Bins> bins = Arrays.stream(sorted).map(Bins::of).toList();
        Stretches stretches =
                new Stretches(rows.stream().map(week -> tally(bins, week)).toList());
        List<Column> columns = IntStream.range(0, memory.length)
                .mapToObj(i -> stretches.column(i, "feature_" + i, bins.get(i), sorted[i]))
                .toList();
        return new DriftReference(7, WEEK, assets, columns, 0);
    }

    /** The next week of every asset. */
    double[][] week() {
        double[][] rows = new double[WEEK * assets][];
        for (int hour = 0; hour < WEEK; hour++) {
            step(market);
            for (int asset = 0; asset < assets; asset++) {
                step(own[asset]);
                rows[hour * assets + asset] = row(own[asset]);
            }
        }
        return rows;
    }

    static Tally tally(List<Bins> bins, double[][] rows) {
        Tally tally = new Tally(bins);
        for (double[] row : rows) {
            tally.add(row);
        }
        return tally;
    }

    private void step(double[] state) {
        for (int i = 0; i < state.length; i++) {
            state[i] = memory[i] * state[i] + Math.sqrt(1 - memory[i] * memory[i]) * random.nextGaussian();
        }
    }

    private double[] row(double[] asset) {
        double[] row = new double[memory.length];
        Arrays.setAll(row, i -> (market[i] + asset[i]) * Math.sqrt(0.5));
        return row;
    }
}
