package io.mlpool.training.dataset;

import java.util.Arrays;
import java.util.SplittableRandom;

/** Choices of windows. */
public final class Sample {

    private Sample() {}

    /** At most {@code count} different positions below {@code size}, in random order. */
    public static int[] of(int size, int count, SplittableRandom random) {
        int[] positions = new int[size];
        Arrays.setAll(positions, i -> i);
        int chosen = Math.min(size, count);
        for (int i = 0; i < chosen; i++) {
            int other = random.nextInt(i, size);
            int swapped = positions[i];
            positions[i] = positions[other];
            positions[other] = swapped;
        }
        return Arrays.copyOf(positions, chosen);
    }

    /** At most {@code count} positions below {@code size}, rising, at even distances. */
    public static int[] evenly(int size, int count) {
        int[] positions = new int[Math.min(size, count)];
        Arrays.setAll(positions, i -> (int) ((long) i * size / positions.length));
        return positions;
    }
}
