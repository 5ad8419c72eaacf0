package io.mlpool.serving.inference;

import io.mlpool.errors.RefusedException;
import java.util.Arrays;

/** Numbers as they are read, in one growing array. */
final class Numbers {

    private final int most;
    private float[] values;
    private int count;

    /**
     * Room for numbers.
     *
     * @param expected how many there probably are
     * @param most how many are taken
     */
    Numbers(int expected, int most) {
        this.most = most;
        this.values = new float[expected];
    }

    void add(float value) {
        if (count == values.length) {
            if (count >= most) {
                throw new RefusedException(400, "more than %d numbers in one tensor".formatted(most));
            }
            values = Arrays.copyOf(values, Math.min(most, Math.max(64, 2 * count)));
        }
        values[count++] = value;
    }

    int count() {
        return count;
    }

    /** All of them. */
    float[] toArray() {
        return count == values.length ? values : Arrays.copyOf(values, count);
    }
}
