package io.mlpool.standalone.nab;

import java.util.List;

/**
 * A series of the corpus.
 *
 * @param name {@code realTweets/Twitter_volume_AAPL.csv}
 * @param values in the order of time
 * @param windows in which something is known to have been wrong, in the order of time and apart from each other
 */
public record NabSeries(String name, float[] values, List<Window> windows) {

    /**
     * Rows of a series, counted from 0.
     *
     * @param first inclusive
     * @param last inclusive
     */
    public record Window(int first, int last) {

        public Window {
            if (first < 0 || last < first) {
                throw new IllegalArgumentException(
                        "a window goes from a row to a later one, found %d to %d".formatted(first, last));
            }
        }

        int rows() {
            return last - first + 1;
        }
    }

    public NabSeries {
        windows = List.copyOf(windows);
        int before = -1;
        for (Window window : windows) {
            if (window.first() <= before || window.last() >= values.length) {
                throw new IllegalArgumentException("%s: window %s does not lie within its %d rows, after the one before"
                        .formatted(name, window, values.length));
            }
            before = window.last();
        }
    }

    /** Rows at the beginning in which nothing is scored: 15 %, of five thousand at most. */
    int probation() {
        return (int) Math.min(Math.floor(0.15 * values.length), 0.15 * 5_000);
    }
}
