package io.mlpool.training.report;

import com.fasterxml.jackson.annotation.JsonValue;
import io.mlpool.statistics.HacMean;
import io.mlpool.training.evaluation.TimeMeans;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * A model's loss beside the random walk's on the same windows.
 *
 * @param forecasts that were scored
 * @param loss mean over the levels of twice the pinball loss of the scaled return, mean over the windows
 * @param naiveLoss the same of the random walk with EWMA volatility
 * @param difference {@code loss - naive_loss}, mean over the times at which forecasts were made
 * @param standardError of {@code difference}, robust to overlapping horizons
 * @param verdict what the 95 % interval of {@code difference} says, by Student's distribution: a few times prove nothing
 */
record LossPair(
        int forecasts, double loss, double naiveLoss, double difference, double standardError, Verdict verdict) {

    private static final double TAIL = 0.025;

    /** How a model compares with the naive forecast. */
    enum Verdict {
        LOWER("model lower"),
        EVEN("no difference seen"),
        HIGHER("model higher");

        private final String label;

        Verdict(String label) {
            this.label = label;
        }

        @JsonValue
        String inJson() {
            return name().toLowerCase(Locale.ROOT);
        }

        String label() {
            return label;
        }

        static Verdict of(HacMean difference) {
            double below = difference.probabilityBelow();
            if (below < TAIL) {
                return LOWER;
            }
            return below > 1 - TAIL ? HIGHER : EVEN;
        }
    }

    /** The losses at one horizon; {@code overlap} as {@link HacMean#of} takes it. */
    static LossPair of(Judged judged, int horizon, int overlap) {
        int[] known = IntStream.range(0, judged.windows().size())
                .filter(i -> !Float.isNaN(judged.windows().target(i, horizon)))
                .toArray();
        double loss = IntStream.of(known)
                .mapToDouble(i -> judged.forecasts().loss(i, horizon))
                .average()
                .orElse(0);
        double naive = IntStream.of(known)
                .mapToDouble(i -> judged.naive().loss(i, horizon))
                .average()
                .orElse(0);
        HacMean difference = HacMean.of(
                TimeMeans.of(
                        judged.windows(),
                        i -> judged.forecasts().loss(i, horizon)
                                - judged.naive().loss(i, horizon)),
                overlap);
        return new LossPair(
                known.length, loss, naive, difference.mean(), difference.standardError(), Verdict.of(difference));
    }
}
