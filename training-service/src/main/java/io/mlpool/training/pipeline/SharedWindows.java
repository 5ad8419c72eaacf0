package io.mlpool.training.pipeline;

import io.mlpool.training.dataset.WindowSet;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * Windows of the same assets and times in two sets, in the same order.
 *
 * @param inFirst positions in the first
 * @param inSecond positions of the same windows in the second
 */
record SharedWindows(int[] inFirst, int[] inSecond) {

    static SharedWindows of(WindowSet first, WindowSet second) {
        Map<Key, Integer> known = new HashMap<>();
        for (int i = 0; i < second.size(); i++) {
            known.put(new Key(second.asset(i), second.asOf(i)), i);
        }
        int[] inFirst = new int[first.size()];
        int[] inSecond = new int[first.size()];
        int count = 0;
        for (int i = 0; i < first.size(); i++) {
            Integer position = known.get(new Key(first.asset(i), first.asOf(i)));
            if (position != null) {
                inFirst[count] = i;
                inSecond[count++] = position;
            }
        }
        return new SharedWindows(Arrays.copyOf(inFirst, count), Arrays.copyOf(inSecond, count));
    }

    private record Key(String asset, Instant asOf) {}
}
