package io.mlpool.training.evaluation;

import io.mlpool.training.dataset.WindowSet;
import java.util.Arrays;
import java.util.function.IntToDoubleFunction;

/** Coins move together: what many of them say at one time is one observation, their mean. */
public final class TimeMeans {

    private TimeMeans() {}

    /**
     * Mean over the windows of each time, oldest first; a time at which no value is known is left out.
     *
     * @param value of a window; NaN when it is not known
     */
    public static double[] of(WindowSet windows, IntToDoubleFunction value) {
        double[] means = new double[windows.size()];
        int times = 0;
        for (int i = 0; i < windows.size(); ) {
            int end = endOfTime(windows, i);
            double sum = 0;
            int known = 0;
            for (; i < end; i++) {
                double one = value.applyAsDouble(i);
                if (!Double.isNaN(one)) {
                    sum += one;
                    known++;
                }
            }
            if (known > 0) {
                means[times++] = sum / known;
            }
        }
        return Arrays.copyOf(means, times);
    }

    private static int endOfTime(WindowSet windows, int from) {
        int end = from + 1;
        while (end < windows.size() && windows.asOf(end).equals(windows.asOf(from))) {
            end++;
        }
        return end;
    }
}
