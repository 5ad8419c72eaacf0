package io.mlpool.training.promotion;

import io.mlpool.model.Horizon;
import io.mlpool.statistics.HacMean;
import io.mlpool.training.dataset.WindowSet;
import io.mlpool.training.evaluation.Forecasts;
import io.mlpool.training.evaluation.TimeMeans;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/**
 * Two models on the same windows: the test of Diebold and Mariano (1995, "Comparing predictive accuracy", JBES 13) on the
 * difference of their losses, mean over the assets at each time, with the corrections of {@link HacMean}.
 *
 * @param opponent whom the candidate was compared with
 * @param overall mean over the horizons
 * @param horizons each on its own, nearest first
 */
public record Comparison(String opponent, Verdict overall, List<HorizonVerdict> horizons) {

    public Comparison {
        horizons = List.copyOf(horizons);
    }

    /**
     * A test's result.
     *
     * @param candidateLoss mean loss, in scaled returns
     * @param opponentLoss mean loss of the opponent
     * @param improvement how much lower the candidate's loss is, in percent
     * @param statistic Diebold and Mariano's; negative when the candidate is better
     * @param probability of a difference so much in the candidate's favour, or more, between equally good models
     * @param times at which both were scored
     * @param lag up to which autocovariances count
     */
    public record Verdict(
            double candidateLoss,
            double opponentLoss,
            double improvement,
            double statistic,
            double probability,
            int times,
            int lag) {

        boolean isBetter(double level) {
            return probability < level;
        }

        boolean isWorse(double level) {
            return probability > 1 - level;
        }
    }

    /** The verdict of one horizon. */
    public record HorizonVerdict(Horizon horizon, Verdict verdict) {}

    /** Compares forecasts of the same windows. */
    public static Comparison of(String opponentName, Forecasts candidate, Forecasts opponent) {
        WindowSet windows = candidate.windows();
        List<Horizon> horizons = windows.shape().horizons();
        return new Comparison(
                opponentName,
                verdict(
                        windows,
                        i -> meanLoss(candidate, i),
                        i -> meanLoss(opponent, i),
                        bars(windows, horizons.getLast())),
                IntStream.range(0, horizons.size())
                        .mapToObj(h -> new HorizonVerdict(
                                horizons.get(h),
                                verdict(
                                        windows,
                                        i -> candidate.loss(i, h),
                                        i -> opponent.loss(i, h),
                                        bars(windows, horizons.get(h)))))
                        .toList());
    }

    private static Verdict verdict(
            WindowSet windows, IntToDoubleFunction candidate, IntToDoubleFunction opponent, int overlap) {
        HacMean difference =
                HacMean.of(TimeMeans.of(windows, i -> candidate.applyAsDouble(i) - opponent.applyAsDouble(i)), overlap);
        double candidateLoss =
                HacMean.of(TimeMeans.of(windows, candidate), overlap).mean();
        double opponentLoss = candidateLoss - difference.mean();
        return new Verdict(
                candidateLoss,
                opponentLoss,
                opponentLoss > 0 ? -100 * difference.mean() / opponentLoss : 0,
                difference.statistic(),
                difference.probabilityBelow(),
                difference.count(),
                difference.lag());
    }

    /** NaN when the target of any horizon is not known: then the mean would be of something else. */
    private static double meanLoss(Forecasts forecasts, int i) {
        int horizons = forecasts.windows().shape().horizons().size();
        return IntStream.range(0, horizons)
                        .mapToDouble(h -> forecasts.loss(i, h))
                        .sum()
                / horizons;
    }

    private static int bars(WindowSet windows, Horizon horizon) {
        return horizon.bars(windows.schema().interval());
    }
}
