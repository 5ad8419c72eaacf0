package io.mlpool.drift;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What a model is watched against: how its inputs and answers were spread in the train slice. Fixed at training time, travels inside the
 * bundle.
 *
 * @param days length of the stretches whose differences are known
 * @param bars times of a stretch at which there were values, mean
 * @param assets values at such a time, mean
 * @param columns features of the newest bar, in the order of the schema and without the calendar, then the forecast
 * @param unusual one in a thousand rows of the train slice had a greater {@link #excess}
 */
public record DriftReference(int days, double bars, double assets, List<Column> columns, double unusual) {

    /** A week: every hour and every weekday is in it, as often as in any other. */
    public static final int DAYS = 7;

    public DriftReference {
        columns = List.copyOf(columns);
        if (days < 1 || !(bars > 0) || !(assets > 0) || columns.isEmpty() || !(unusual >= 0)) {
            throw new IllegalArgumentException("a drift reference needs days, bars, assets and columns");
        }
    }

    public List<Bins> bins() {
        return columns.stream().map(Column::bins).toList();
    }

    public List<String> names() {
        return columns.stream().map(Column::name).toList();
    }

    /**
     * How far a row lies outside of what the train slice was: the sum of {@link Column#excess} over its values. One that is far off counts as
     * much as many that are a little.
     *
     * @param row the first columns, as many as it has
     */
    public double excess(double[] row) {
        return excess(columns, row);
    }

    /** The same of columns that are still being written. */
    public static double excess(List<Column> columns, double[] row) {
        double sum = 0;
        for (int i = 0; i < row.length; i++) {
            sum += columns.get(i).excess(row[i]);
        }
        return sum;
    }

    /** Of a row that is more unusual than all but one in a thousand of the train slice the columns it is so in, the farthest first; else none. */
    public List<Column> unusual(double[] row) {
        if (excess(row) <= unusual) {
            return List.of();
        }
        return IntStream.range(0, row.length)
                .filter(i -> columns.get(i).excess(row[i]) > 0)
                .boxed()
                .sorted(Comparator.comparingDouble(
                        (Integer i) -> -columns.get(i).excess(row[i])))
                .map(columns::get)
                .toList();
    }

    /** An empty tally that fits. */
    public Tally tally() {
        return new Tally(bins());
    }
}
