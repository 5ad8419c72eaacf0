package io.mlpool.drift;

import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * Stretches of the train slice, of equal length and in the order of time, and what they tell of each column. Each counts the same, however
 * many assets there were at its time.
 */
public final class Stretches {

    /** With fewer nobody knows how much a stretch differs by itself. */
    public static final int FEWEST = 8;

    private final List<Tally> tallies;

    /**
     * These, empty ones left out.
     *
     * @throws IllegalArgumentException when fewer than {@link #FEWEST} remain
     */
    public Stretches(List<Tally> tallies) {
        this.tallies = tallies.stream().filter(tally -> tally.rows() > 0).toList();
        if (this.tallies.size() < FEWEST) {
            throw new IllegalArgumentException(
                    "%d stretches are needed, found %d".formatted(FEWEST, this.tallies.size()));
        }
    }

    /**
     * What they tell of a column.
     *
     * @param sorted values of it, rising
     */
    public Column column(int i, String name, Bins bins, double[] sorted) {
        double[] means = tallies.stream().mapToDouble(tally -> tally.mean(i)).toArray();
        double mean = average(means);
        double square = average(
                tallies.stream().mapToDouble(tally -> tally.meanSquare(i)).toArray());
        double[] shares = IntStream.range(0, bins.count())
                .mapToDouble(bin -> average(tallies.stream()
                        .mapToDouble(tally -> tally.shares(i)[bin])
                        .toArray()))
                .toArray();
        double repeats = repeats(means, mean);
        double independent = Math.max(3, means.length / repeats);
        // What the stretches' own mean follows of them is missing from their spread around it.
        double missing = 1 / (1 - 1 / independent);
        double meanVariance = average(squares(means, mean)) * missing;
        double deviation = Math.sqrt(Math.max(0, square - mean * mean));
        int rare = sorted.length / 200;
        double low = sorted[rare];
        double high = sorted[sorted.length - 1 - rare];
        Column bare = new Column(name, bins, list(shares), mean, deviation, meanVariance, 0, 1, independent, low, high);
        double[] logs = tallies.stream()
                .mapToDouble(tally ->
                        Math.log(missing * Math.max(bare.distance(tally.shares(i)), bare.leastDistance(tally.rows()))))
                .toArray();
        double log = average(logs);
        double spread = Math.sqrt(average(squares(logs, log)) * missing);
        double least = Math.sqrt(2.0 / Math.max(1, bins.count() - 1));
        return new Column(
                name,
                bins,
                list(shares),
                mean,
                deviation,
                meanVariance,
                log,
                Math.max(spread, least),
                independent,
                low,
                high);
    }

    private static double[] squares(double[] values, double mean) {
        return Arrays.stream(values)
                .map(value -> (value - mean) * (value - mean))
                .toArray();
    }

    private static List<Double> list(double[] values) {
        return DoubleStream.of(values).boxed().toList();
    }

    /** How many stretches in a row say the same, from the correlation of neighbours as far as it is no accident. */
    private static double repeats(double[] means, double mean) {
        double products = 0;
        double squares = 0;
        for (int i = 0; i < means.length; i++) {
            squares += (means[i] - mean) * (means[i] - mean);
            products += i == 0 ? 0 : (means[i] - mean) * (means[i - 1] - mean);
        }
        double correlation = squares > 0 ? products / squares : 0;
        double known = correlation > 2 / Math.sqrt(means.length) ? Math.min(correlation, 0.95) : 0;
        return (1 + known) / (1 - known);
    }

    private static double average(double[] values) {
        return Arrays.stream(values).sum() / values.length;
    }
}
