package io.mlpool.training.dataset;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Which windows a network is fine-tuned on: the newest ones, and a sample of older ones so that what was learned from them is not forgotten
 * (Rolnick, Ahuja, Schwarz, Lillicrap and Wayne 2019, "Experience Replay for Continual Learning", NeurIPS 32).
 *
 * @param newest share of all windows that count as new, above 0 and up to 1
 * @param share of those it is fine-tuned on that are older ones, from 0 to below 1
 */
public record Replay(double newest, double share) {

    public Replay {
        if (!(newest > 0 && newest <= 1) || !(share >= 0 && share < 1)) {
            throw new IllegalArgumentException(
                    "newest lies above 0 and up to 1, the share of older windows from 0 to below 1, found %s and %s"
                            .formatted(newest, share));
        }
    }

    /** Of all that a fresh network would learn from; the same for the same seed. */
    public WindowSet of(WindowSet windows, long seed) {
        return windows.select(positions(windows.size(), new SplittableRandom(seed)));
    }

    /** Below {@code size}, rising; the highest are the newest. */
    int[] positions(int size, SplittableRandom random) {
        int newer = (int) Math.ceil(newest * size);
        int older = size - newer;
        int replayed = (int) Math.min(older, Math.round(newer * share / (1 - share)));
        IntStream sample = Arrays.stream(Sample.of(older, replayed, random)).sorted();
        return IntStream.concat(sample, IntStream.range(older, size)).toArray();
    }
}
