package io.mlpool.training.pipeline;

import io.mlpool.model.ForecastBundle;
import io.mlpool.training.dataset.NoDataException;
import io.mlpool.training.dataset.WalkForwardPlan;
import io.mlpool.training.dataset.WindowSet;
import io.mlpool.training.evaluation.AsymmetricCost;
import io.mlpool.training.evaluation.Evaluation;
import io.mlpool.training.evaluation.Forecasts;
import io.mlpool.training.evaluation.StepErrors;
import io.mlpool.training.naive.RandomWalk;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What the final model is judged on and against.
 *
 * @param train what it may learn from
 * @param heldOut later, purged, and never learned from: neither by it nor by the model that it is fine-tuned from, nor by whoever
 *     chose how it is made
 * @param trainedUntil close time of the newest candle that any of them sees, targets included
 * @param naive opponent fitted on {@code train}
 * @param steps scale of its errors in {@code train}
 */
record Judging(
        WindowSet train,
        WindowSet heldOut,
        Instant trainedUntil,
        RandomWalk naive,
        StepErrors steps,
        AsymmetricCost cost) {

    static Judging of(
            WalkForwardPlan plan,
            WindowSet windows,
            Optional<ForecastBundle> parent,
            Optional<Instant> chosenUntil,
            AsymmetricCost cost) {
        WindowSet train = plan.last().train(windows);
        Instant own = train.asOf(train.size() - 1).plus(plan.last().horizon());
        Optional<Instant> parents =
                parent.map(bundle -> bundle.manifest().provenance().trainedUntil());
        Instant trainedUntil = Stream.concat(parents.stream(), chosenUntil.stream())
                .filter(own::isBefore)
                .max(Comparator.naturalOrder())
                .orElse(own);
        WindowSet test = plan.last().test(windows);
        WindowSet heldOut = test.between(trainedUntil, plan.last().testUntil());
        if (heldOut.size() == 0) {
            throw new NoDataException(
                    "the model to fine-tune from was trained, or this one chosen, until %s and nothing after it is known: wait for newer candles or train afresh"
                            .formatted(trainedUntil));
        }
        return new Judging(train, heldOut, trainedUntil, RandomWalk.fit(train), StepErrors.of(train), cost);
    }

    Evaluation evaluate(Forecasts forecasts) {
        return Evaluation.of(forecasts, naive, steps, cost);
    }
}
