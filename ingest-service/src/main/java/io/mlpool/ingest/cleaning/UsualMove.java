package io.mlpool.ingest.cleaning;

/**
 * How far a series usually moves from one candle to the next: the mean of absolute log returns over about the last 64, where
 * no single one counts for more than four times the usual, so that a crash does not excuse what follows it.
 */
final class UsualMove {

    private static final int SPAN = 64;
    private static final int WARM_UP = 24;
    private static final double LARGEST = 4;
    private static final double SMALLEST = 1e-4;

    private double mean;
    private int seen;

    void add(double logReturn) {
        double size = Math.abs(logReturn);
        double counted = seen < WARM_UP ? size : Math.min(size, LARGEST * mean + SMALLEST);
        seen++;
        mean += (counted - mean) / Math.min(seen, SPAN);
    }

    boolean isKnown() {
        return seen >= WARM_UP;
    }

    double size() {
        return mean;
    }
}
