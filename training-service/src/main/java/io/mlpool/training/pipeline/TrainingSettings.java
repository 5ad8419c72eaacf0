package io.mlpool.training.pipeline;

import io.mlpool.market.Interval;
import io.mlpool.model.ForecastShape;
import io.mlpool.model.Horizon;
import io.mlpool.training.dataset.Dataset;
import io.mlpool.training.dataset.Replay;
import io.mlpool.training.dataset.WalkForwardPlan;
import io.mlpool.training.dataset.WindowSet;
import io.mlpool.training.evaluation.AsymmetricCost;
import io.mlpool.training.promotion.GateRules;
import java.util.List;
import java.util.Map;

/**
 * How every run is done.
 *
 * @param horizons that are forecast, by interval
 * @param steps bars in a window
 * @param heldOut share of the time that judges the final model
 * @param validation share of each train slice that says when to stop
 * @param folds most that calibration is fitted on
 * @param fewestFoldWindows windows that a fold must judge, or there are fewer folds
 * @param mostFoldWindows windows that a fold learns from at most: it need only show how wrong such a model is
 * @param mostJudgedWindows windows that a fold judges at most
 * @param replay windows that a network is fine-tuned on
 */
public record TrainingSettings(
        Map<Interval, List<Horizon>> horizons,
        int steps,
        double heldOut,
        double validation,
        int folds,
        int fewestFoldWindows,
        int mostFoldWindows,
        int mostJudgedWindows,
        AsymmetricCost cost,
        GateRules gate,
        Replay replay) {

    public TrainingSettings {
        horizons = Map.copyOf(horizons);
    }

    /** What models of an interval answer. */
    public ForecastShape shape(Interval interval) {
        List<Horizon> ahead = horizons.get(interval);
        if (ahead == null) {
            throw new IllegalArgumentException(
                    "no horizons are set for interval %s: set mlpool.training.horizons.%s, set are %s"
                            .formatted(interval, interval, horizons.keySet()));
        }
        return new ForecastShape(ahead, ForecastShape.DEFAULT_LEVELS);
    }

    /** The same where folds learn from another number of windows at most. */
    TrainingSettings learningFrom(int most) {
        return new TrainingSettings(
                horizons,
                steps,
                heldOut,
                validation,
                folds,
                fewestFoldWindows,
                most,
                mostJudgedWindows,
                cost,
                gate,
                replay);
    }

    /** The windows that a run over these candles learns from and is judged on. */
    WindowSet windows(Dataset data, Interval interval) {
        return data.windows(data.schema(steps), shape(interval));
    }

    /** How the time of these windows is split. */
    WalkForwardPlan plan(WindowSet windows) {
        return WalkForwardPlan.of(windows, heldOut, folds, fewestFoldWindows);
    }
}
