package io.mlpool.training.backtest;

import io.mlpool.market.Interval;
import io.mlpool.model.Algorithm;
import io.mlpool.model.Horizon;
import io.mlpool.training.dataset.WindowSet;
import io.mlpool.training.pipeline.TrainingSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a backtest is asked to do.
 *
 * @param id lower-case letters, digits and hyphens; names its folder
 * @param assets that are forecast; empty for all there are. Models learn from all there are in any case
 * @param from when the first forecast is made, a close time (inclusive), UTC
 * @param to until when forecasts are made (exclusive), UTC
 * @param retrain how long a model is used before the next one is made
 * @param seed of every random choice
 * @param hyperParameters of the trainer by name, where they differ from its settings
 * @param learnWindows windows that each model learns from at most, drawn evenly from all there were by then
 */
record BacktestSpec(
        String id,
        Interval interval,
        List<String> assets,
        Instant from,
        Instant to,
        Horizon retrain,
        Algorithm algorithm,
        long seed,
        Map<String, String> hyperParameters,
        int learnWindows) {

    /** Most models of a backtest. */
    static final int MOST_FOLDS = 400;

    BacktestSpec {
        assets = List.copyOf(assets);
        hyperParameters = Map.copyOf(hyperParameters);
        if (!from.isBefore(to)) {
            throw new IllegalArgumentException("from must lie before to, found %s and %s".formatted(from, to));
        }
        if (retrain.duration().compareTo(interval.duration()) < 0) {
            throw new IllegalArgumentException(
                    "retrain must be at least a candle of %s, found %s".formatted(interval, retrain));
        }
        long folds = Math.ceilDiv(
                Duration.between(from, to).toSeconds(), retrain.duration().toSeconds());
        if (folds > MOST_FOLDS) {
            throw new IllegalArgumentException(
                    "a backtest makes at most %d models, retraining every %s from %s to %s takes %d: retrain less often"
                            .formatted(MOST_FOLDS, retrain, from, to, folds));
        }
        if (learnWindows < 1) {
            throw new IllegalArgumentException("learn_windows must be positive, found " + learnWindows);
        }
    }

    String model() {
        return TrainingSpec.modelOf(interval);
    }

    /** For people. */
    String inWords() {
        return "Backtest of %s on %s candles of %s, %s to %s, retrained every %s"
                .formatted(
                        algorithm.label(),
                        interval,
                        assets.isEmpty() ? "all assets" : String.join(", ", assets),
                        inWords(from),
                        inWords(to),
                        retrain);
    }

    /** A day where it is its first moment. */
    private static String inWords(Instant time) {
        return time.toString().replace("T00:00:00Z", "");
    }

    /** The same with so many windows to learn from. */
    BacktestSpec learning(int windows) {
        return new BacktestSpec(id, interval, assets, from, to, retrain, algorithm, seed, hyperParameters, windows);
    }

    /** How its models are made: of every asset's candles, up to when the last outcome is known. */
    TrainingSpec training(Horizon longest) {
        return new TrainingSpec(
                id,
                interval,
                List.of(),
                Optional.of(to.plus(longest.duration())),
                algorithm,
                false,
                seed,
                hyperParameters,
                List.of());
    }

    /** Those of all windows that are asked about. */
    WindowSet asked(WindowSet windows) {
        WindowSet then = windows.between(from, to);
        return assets.isEmpty() ? then : then.ofAssets(assets);
    }
}
