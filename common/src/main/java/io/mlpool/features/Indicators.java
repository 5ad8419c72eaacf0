package io.mlpool.features;

/**
 * Recursively smoothed indicators over the closes of a stretch. Their smoothing never ends, but after the warm-up of a schema
 * what lies before it weighs less than 1e-8.
 *
 * @param rsi relative strength index of 14 bars, 0 to 100 (Wilder, New Concepts in Technical Trading Systems, 1978)
 * @param macd moving average convergence divergence of 12 and 26 bars, in prices (Appel, Technical Analysis, 2005)
 * @param macdHistogram macd less its exponential average of 9 bars, in prices
 */
record Indicators(double[] rsi, double[] macd, double[] macdHistogram) {

    private static final int RSI_BARS = 14;

    static Indicators of(PriceGrid grid) {
        double[] close = grid.close();
        double[] macd = differences(exponential(close, 12), exponential(close, 26));
        return new Indicators(rsi(close), macd, differences(macd, exponential(macd, 9)));
    }

    private static double[] rsi(double[] close) {
        double[] gains = new double[close.length];
        double[] losses = new double[close.length];
        for (int i = 1; i < close.length; i++) {
            gains[i] = Math.max(0, close[i] - close[i - 1]);
            losses[i] = Math.max(0, close[i - 1] - close[i]);
        }
        double[] gain = smoothed(gains, 1.0 / RSI_BARS);
        double[] loss = smoothed(losses, 1.0 / RSI_BARS);
        double[] rsi = new double[close.length];
        for (int i = 0; i < close.length; i++) {
            rsi[i] = strength(gain[i], loss[i]);
        }
        return rsi;
    }

    /** Without any loss the strength is whole, without any move it is nothing. */
    private static double strength(double gain, double loss) {
        if (loss == 0) {
            return gain == 0 ? 0 : 100;
        }
        return 100 - 100 / (1 + gain / loss);
    }

    private static double[] exponential(double[] values, int bars) {
        return smoothed(values, 2.0 / (bars + 1));
    }

    private static double[] smoothed(double[] values, double weight) {
        double[] smoothed = new double[values.length];
        double last = values.length == 0 ? 0 : values[0];
        for (int i = 0; i < values.length; i++) {
            last = (values[i] - last) * weight + last;
            smoothed[i] = last;
        }
        return smoothed;
    }

    private static double[] differences(double[] left, double[] right) {
        double[] differences = new double[left.length];
        for (int i = 0; i < left.length; i++) {
            differences[i] = left[i] - right[i];
        }
        return differences;
    }
}
