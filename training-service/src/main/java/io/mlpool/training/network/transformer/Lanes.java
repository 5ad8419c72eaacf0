package io.mlpool.training.network.transformer;

import java.util.Arrays;

/**
 * The same tokens of {@value #WINDOWS} windows beside each other: number {@code channel} of token {@code token} of all windows is one run. What
 * is done for one window is then done for all of them in loops that the compiler turns into vectors.
 */
final class Lanes {

    /** Windows that are computed at once. */
    static final int WINDOWS = 32;

    private final int tokens;
    private final int channels;
    private final float[] values;

    Lanes(int tokens, int channels) {
        this.tokens = tokens;
        this.channels = channels;
        this.values = new float[tokens * channels * WINDOWS];
    }

    float[] values() {
        return values;
    }

    /** Where the run of a channel of a token begins. */
    int at(int token, int channel) {
        return (token * channels + channel) * WINDOWS;
    }

    void clear() {
        Arrays.fill(values, 0);
    }

    /** Takes rows in, those of a window one after the other. */
    void gather(Rows rows, int windows) {
        float[] from = rows.values();
        for (int token = 0; token < tokens; token++) {
            for (int window = 0; window < windows; window++) {
                int row = rows.at(window * tokens + token);
                int to = at(token, 0) + window;
                for (int channel = 0; channel < channels; channel++) {
                    values[to + channel * WINDOWS] = from[row + channel];
                }
            }
        }
    }

    /** Hands rows out again. */
    void scatter(Rows rows, int windows) {
        float[] to = rows.values();
        for (int token = 0; token < tokens; token++) {
            for (int window = 0; window < windows; window++) {
                int row = rows.at(window * tokens + token);
                int from = at(token, 0) + window;
                for (int channel = 0; channel < channels; channel++) {
                    to[row + channel] = values[from + channel * WINDOWS];
                }
            }
        }
    }

    /** {@code c += a * b} of runs. */
    static void addProduct(float[] a, int aFrom, float[] b, int bFrom, float[] c, int cFrom) {
        for (int i = 0; i < WINDOWS; i++) {
            c[cFrom + i] += a[aFrom + i] * b[bFrom + i];
        }
    }

    /** {@code a *= b} of runs. */
    static void multiply(float[] a, int aFrom, float[] b, int bFrom) {
        for (int i = 0; i < WINDOWS; i++) {
            a[aFrom + i] *= b[bFrom + i];
        }
    }
}
