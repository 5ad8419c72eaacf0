package io.mlpool.drift;

import java.util.Arrays;
import java.util.List;

/**
 * What a stretch of time brought, added up: for each column how many values fell into each bin, their sum and the sum of their squares.
 * Sums do not ask in which order they were made, so those of hours, pages and replicas can be put together.
 */
public final class Tally {

    private final List<Bins> bins;
    private final long[][] counts;
    private final double[] sums;
    private final double[] squares;
    private long rows;

    /** Nothing yet. */
    public Tally(List<Bins> bins) {
        this.bins = List.copyOf(bins);
        this.counts = this.bins.stream().map(column -> new long[column.count()]).toArray(long[][]::new);
        this.sums = new double[counts.length];
        this.squares = new double[counts.length];
    }

    /** Adds one value of each column. */
    public void add(double[] row) {
        require(row.length == counts.length, row.length);
        for (int column = 0; column < row.length; column++) {
            counts[column][bins.get(column).of(row[column])]++;
            sums[column] += row[column];
            squares[column] += row[column] * row[column];
        }
        rows++;
    }

    /**
     * Adds what was added up elsewhere.
     *
     * @param moreCounts the bins of the first column, then those of the next
     */
    public void add(long moreRows, long[] moreCounts, double[] moreSums, double[] moreSquares) {
        require(moreSums.length == sums.length && moreSquares.length == sums.length, moreSums.length);
        require(
                moreCounts.length
                        == Arrays.stream(counts)
                                .mapToInt(column -> column.length)
                                .sum(),
                moreCounts.length);
        int at = 0;
        for (int column = 0; column < counts.length; column++) {
            for (int bin = 0; bin < counts[column].length; bin++) {
                counts[column][bin] += moreCounts[at++];
            }
            sums[column] += moreSums[column];
            squares[column] += moreSquares[column];
        }
        rows += moreRows;
    }

    public long rows() {
        return rows;
    }

    /** The bins of the first column, then those of the next. */
    public long[] counts() {
        return Arrays.stream(counts).flatMapToLong(Arrays::stream).toArray();
    }

    public double[] sums() {
        return sums.clone();
    }

    public double[] squares() {
        return squares.clone();
    }

    double mean(int column) {
        return sums[column] / rows;
    }

    double meanSquare(int column) {
        return squares[column] / rows;
    }

    double[] shares(int column) {
        return Arrays.stream(counts[column])
                .mapToDouble(count -> count / (double) rows)
                .toArray();
    }

    private void require(boolean fits, int found) {
        if (!fits) {
            throw new IllegalArgumentException(
                    "a tally of %d columns cannot take %d numbers".formatted(counts.length, found));
        }
    }
}
