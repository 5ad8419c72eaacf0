package io.mlpool.training.dataset;

import io.mlpool.features.FeatureFrame;
import io.mlpool.features.FeatureSchema;
import io.mlpool.features.Volatility;
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

    private static final String DOWNSIDE = "downside_";

    private final int width;
    private final int[] directed;
    private final List<Downside> downsides;
    private final SplittableRandom random;

    /**
     * Where a span's losses stand, and all of its moves: what is left of these are the gains, the losses of a window turned over.
     *
     * @param current volatility, which both are measured against
     */
    private record Downside(int losses, int moves, int current) {

        static Downside of(List<String> names, String losses) {
            return new Downside(
                    names.indexOf(losses),
                    names.indexOf(losses.replace(DOWNSIDE, "volatility_")),
                    names.indexOf("volatility"));
        }

        void turn(float[] windows, int row) {
            double gains = Math.exp(2 * windows[row + moves]) - Math.exp(2 * windows[row + losses]);
            double least = Volatility.FLOOR / Math.exp(windows[row + current]);
            double turned = Math.log(Math.max(least, Math.sqrt(Math.max(0, gains))));
            windows[row + losses] = (float) Math.clamp(turned, -FeatureFrame.CLIP, FeatureFrame.CLIP);
        }
    }

    /** A mirror whose tosses come from {@code random}. */
    public Mirror(FeatureSchema features, SplittableRandom random) {
        List<String> names = features.names();
        this.width = features.width();
        this.directed = IntStream.range(0, width)
                .filter(i -> DIRECTED.matcher(names.get(i)).matches())
                .toArray();
        this.downsides = names.stream()
                .filter(name -> name.startsWith(DOWNSIDE))
                .map(name -> Downside.of(names, name))
                .toList();
        this.random = random;
    }

    /** Turns the window and its targets over, or leaves them: it is tossed up. */
    public void toss(float[] windows, int from, int size, float[] targets, int firstTarget, int horizons) {
        if (random.nextBoolean()) {
            for (int row = from; row < from + size; row += width) {
                for (int feature : directed) {
                    windows[row + feature] = -windows[row + feature];
                }
                for (Downside downside : downsides) {
                    downside.turn(windows, row);
                }
            }
            for (int horizon = 0; horizon < horizons; horizon++) {
                targets[firstTarget + horizon] = -targets[firstTarget + horizon];
            }
        }
    }
}
