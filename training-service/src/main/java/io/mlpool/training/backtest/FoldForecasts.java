package io.mlpool.training.backtest;

import io.mlpool.training.dataset.WalkForwardSplit;
import io.mlpool.training.dataset.WindowSet;
import io.mlpool.training.evaluation.AsymmetricCost;
import io.mlpool.training.evaluation.Evaluation;
import io.mlpool.training.evaluation.Forecasts;
import io.mlpool.training.evaluation.StepErrors;
import io.mlpool.training.naive.RandomWalk;
import io.mlpool.training.pipeline.Retraining;
import io.mlpool.training.report.BacktestFold;
import java.time.Instant;

/**
 * What was forecast until the next model was made.
 *
 * @param number counted from 1
 * @param model the model's forecasts
 * @param naive the random walk's, fitted on the same past
 * @param steps mean change of a bar in that past
 * @param trainedUntil close time of the newest candle that the model saw, targets included
 * @param available windows that it could have learned from
 */
record FoldForecasts(
        int number, Forecasts model, Forecasts naive, StepErrors steps, Instant trainedUntil, int available) {

    /** Makes the model of a fold, unless it is made already, and asks it and the naive opponent. */
    static FoldForecasts of(Retraining models, int number, int of, WalkForwardSplit fold, WindowSet asked) {
        WindowSet train = fold.train(models.windows());
        WindowSet judged = fold.test(asked);
        return new FoldForecasts(
                number,
                models.unseen(number, of, train, judged),
                Forecasts.constant(RandomWalk.fit(train), judged),
                StepErrors.of(train),
                train.asOf(train.size() - 1).plus(fold.horizon()),
                train.size());
    }

    /** How good it was. */
    BacktestFold score(int mostLearned, AsymmetricCost cost) {
        Evaluation evaluation = Evaluation.of(model, naive, steps, cost);
        return new BacktestFold(
                number,
                trainedUntil,
                available,
                Math.min(available, mostLearned),
                evaluation.from(),
                evaluation.until(),
                evaluation.windows(),
                evaluation.horizons().stream().map(BacktestFold.Score::of).toList());
    }
}
