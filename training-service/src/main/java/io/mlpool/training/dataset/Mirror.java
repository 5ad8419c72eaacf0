package io.mlpool.training.dataset;

import io.mlpool.features.FeatureSchema;
import java.util.List;
import java.util.SplittableRandom;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * Shows every second window upside down: what rose falls, in the features and in the targets. A model that learns from both
 * cannot mistake the trend of its years for a law, which is what costs most on windows of later years.
 */
public final class Mirror {

    /** Features that change their sign with the direction of the market. */
    private static final Pattern DIRECTED =
            Pattern.compile("((leader_|market_)?return|strength|range)_\\d+|rsi_14|macd|macd_histogram");

    private final int width;
    private final int[] directed;
    private final SplittableRandom random;

    /** A mirror whose tosses come from {@code random}. */
    public Mirror(FeatureSchema features, SplittableRandom random) {
        List<String> names = features.names();
        this.width = features.width();
        this.directed = IntStream.range(0, width)
                .filter(i -> DIRECTED.matcher(names.get(i)).matches())
                .toArray();
        this.random = random;
    }

    /** Turns the window and its targets over, or leaves them: it is tossed up. */
    public void toss(float[] windows, int from, int size, float[] targets, int firstTarget, int horizons) {
        if (random.nextBoolean()) {
            for (int row = from; row < from + size; row += width) {
                for (int feature : directed) {
                    windows[row + feature] = -windows[row + feature];
                }
            }
            for (int horizon = 0; horizon < horizons; horizon++) {
                targets[firstTarget + horizon] = -targets[firstTarget + horizon];
            }
        }
    }
}
