package io.mlpool.training.pipeline;

import io.mlpool.training.evaluation.Evaluation;
import io.mlpool.training.evaluation.HorizonScore;
import java.time.Instant;
import java.util.List;

/**
 * How good the models of a trial are on folds that they did not learn from.
 *
 * @param skill how much lower than the random walk's the quantile loss is, in percent; mean over folds and horizons, higher is
 *     better
 * @param folds that it is the mean of
 * @param seenUntil close time of the newest candle that it goes by: who chooses by it must not judge by candles before
 */
public record TrialScore(double skill, int folds, Instant seenUntil) {

    public TrialScore {
        if (!Double.isFinite(skill)) {
            throw new IllegalArgumentException("a fold has no forecast that could be scored: more history is needed");
        }
    }

    static TrialScore of(List<Evaluation> folds, Instant seenUntil) {
        double skill = folds.stream()
                .flatMap(fold -> fold.horizons().stream())
                .mapToDouble(HorizonScore::skillVsNaive)
                .average()
                .orElseThrow(() -> new IllegalArgumentException("a trial is judged on folds, there are none"));
        return new TrialScore(skill, folds.size(), seenUntil);
    }
}
