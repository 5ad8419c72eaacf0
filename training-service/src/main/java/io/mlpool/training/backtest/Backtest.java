package io.mlpool.training.backtest;

import io.mlpool.encryption.StoredFolder;
import io.mlpool.model.Calibration;
import io.mlpool.model.Horizon;
import io.mlpool.training.dataset.NoDataException;
import io.mlpool.training.dataset.RetrainingPlan;
import io.mlpool.training.dataset.WalkForwardSplit;
import io.mlpool.training.dataset.WindowSet;
import io.mlpool.training.evaluation.Evaluation;
import io.mlpool.training.evaluation.Forecasts;
import io.mlpool.training.naive.LastPrice;
import io.mlpool.training.pipeline.Retraining;
import io.mlpool.training.pipeline.Retrainings;
import io.mlpool.training.pipeline.RunEvent;
import io.mlpool.training.promotion.Comparison;
import io.mlpool.training.report.BacktestPage;
import io.mlpool.training.report.BacktestResult;
import io.mlpool.training.report.BacktestResult.PointError;
import io.mlpool.training.report.ForecastTable;
import io.mlpool.training.report.Judged;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * What this pool would have forecast over a past time: a model is made of all that was known when the time begins, forecasts until the
 * next one is made of what was known by then, and so on; then all is compared with what happened and with the naive opponents.
 * Nothing is registered or promoted. Killed at any moment and executed again, it goes on from the last finished model.
 */
final class Backtest {

    private final Retrainings retrainings;
    private final StoredFolder storage;

    /** Hears what happens. */
    @FunctionalInterface
    interface Listener extends RunEvent.Listener {

        /** The next model is to be made, or is made already. */
        default void begins(int fold, int of) {}
    }

    /** @param storage folder that holds the folder of backtests; says too whether what is left there is encrypted */
    Backtest(Retrainings retrainings, StoredFolder storage) {
        this.retrainings = retrainings;
        this.storage = storage;
    }

    /**
     * Forecasts, compares, and leaves the table of all forecasts and the report in the backtest's folder.
     *
     * @throws io.mlpool.training.TrainingCancelledException when the listener asks for it
     * @throws NoDataException when there is too little to learn from, or nothing to forecast
     */
    BacktestResult execute(BacktestSpec spec, Listener listener) {
        BacktestFolder folder = BacktestFolder.of(storage, spec.id());
        Retraining models =
                retrainings.begin(spec.training(longest(spec)), spec.learnWindows(), folder.files(), listener);
        WindowSet asked = spec.asked(models.windows());
        RetrainingPlan plan = plan(spec, models.windows()).judging(asked);

        List<FoldForecasts> folds = new ArrayList<>();
        for (WalkForwardSplit fold : plan.folds()) {
            int number = folds.size() + 1;
            listener.begins(number, plan.folds().size());
            folds.add(FoldForecasts.of(models, number, plan.folds().size(), fold, asked));
        }
        Forecasts said = joined(asked, folds, FoldForecasts::model);
        Forecasts naive = joined(asked, folds, FoldForecasts::naive);

        listener.heard(new RunEvent.Stage("Comparing with the naive opponents"));
        BacktestResult result = compare(spec, models, folds, said, naive);
        listener.heard(new RunEvent.Stage("Writing down every forecast"));
        new ForecastTable(said, naive).csv(folder.forecasts());
        BacktestPage.write(
                folder.report(),
                spec.inWords(),
                result,
                new Judged(said, Calibration.none(asked.shape()), said, naive));
        return result;
    }

    private Horizon longest(BacktestSpec spec) {
        return retrainings.settings().shape(spec.interval()).horizons().getLast();
    }

    private RetrainingPlan plan(BacktestSpec spec, WindowSet windows) {
        if (windows.size() == 0) {
            throw new NoDataException("no window can be cut from the %s candles: import or fetch more history first"
                    .formatted(spec.interval()));
        }
        return RetrainingPlan.of(
                windows.asOf(0),
                spec.from(),
                spec.to(),
                spec.retrain().duration(),
                longest(spec).duration());
    }

    private static Forecasts joined(
            WindowSet asked, List<FoldForecasts> folds, Function<FoldForecasts, Forecasts> whose) {
        return Forecasts.joined(asked, folds.stream().map(whose).toList());
    }

    private BacktestResult compare(
            BacktestSpec spec, Retraining models, List<FoldForecasts> folds, Forecasts said, Forecasts naive) {
        Forecasts lastPrice = Forecasts.constant(new LastPrice(said.windows().shape()), said.windows());
        return new BacktestResult(
                models.snapshot(),
                Evaluation.of(
                        said,
                        naive,
                        folds.getFirst().steps(),
                        retrainings.settings().cost()),
                PointError.of(said),
                Comparison.of("random walk", said, naive),
                Comparison.of("last price", said, lastPrice),
                folds.stream()
                        .map(fold -> fold.score(
                                spec.learnWindows(), retrainings.settings().cost()))
                        .toList());
    }
}
