package io.mlpool.training.scale;

import io.mlpool.training.dataset.WindowSet;
import java.util.stream.IntStream;

/** What a {@link LogScale} learns to say: the logarithm of the volatility that came true. */
public final class RealisedScale {

    /** One return may be as good as nothing; what it then says of the scale is not taken at its word. */
    private static final double SMALLEST = 0.05;

    private RealisedScale() {}

    /** Logarithm of what came true over a horizon. */
    public static float of(WindowSet windows, int i, int horizon) {
        return (float) Math.log(Math.max(SMALLEST, windows.realised(i, horizon)));
    }

    /** Positions of windows of which every target is known. */
    public static int[] known(WindowSet windows) {
        int horizons = windows.shape().horizons().size();
        return IntStream.range(0, windows.size())
                .filter(i -> IntStream.range(0, horizons).noneMatch(h -> Float.isNaN(windows.target(i, h))))
                .toArray();
    }
}
