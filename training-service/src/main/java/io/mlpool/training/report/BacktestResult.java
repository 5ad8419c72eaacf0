package io.mlpool.training.report;

import io.mlpool.model.Horizon;
import io.mlpool.training.dataset.DatasetSnapshot;
import io.mlpool.training.dataset.WindowSet;
import io.mlpool.training.evaluation.Evaluation;
import io.mlpool.training.evaluation.Forecasts;
import io.mlpool.training.promotion.Comparison;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/**
 * How good the models of a backtest were over its whole time, beside the naive opponents.
 *
 * @param data the candles that the models were made of
 * @param evaluation beside the random walk with EWMA volatility that each fold fits on the same past; MASE is in steps of the time
 *     before the first fold
 * @param errors of the median, nearest horizon first
 * @param againstNaive test against the random walk
 * @param againstLastPrice test against the last price as a certain forecast
 * @param folds oldest first
 */
public record BacktestResult(
        DatasetSnapshot data,
        Evaluation evaluation,
        List<PointError> errors,
        Comparison againstNaive,
        Comparison againstLastPrice,
        List<BacktestFold> folds) {

    public BacktestResult {
        errors = List.copyOf(errors);
        folds = List.copyOf(folds);
    }

    /**
     * How far the median was off.
     *
     * @param mae mean absolute error, in percent of the price when the forecast was made
     * @param lastPriceMae the same of the last price
     */
    public record PointError(Horizon horizon, double mae, double lastPriceMae) {

        public static List<PointError> of(Forecasts forecasts) {
            return IntStream.range(0, forecasts.windows().shape().horizons().size())
                    .mapToObj(horizon -> of(forecasts, horizon))
                    .toList();
        }

        private static PointError of(Forecasts forecasts, int horizon) {
            WindowSet windows = forecasts.windows();
            int median = windows.shape().medianIndex();
            return new PointError(
                    windows.shape().horizons().get(horizon),
                    mean(windows, horizon, i -> windows.change(i, horizon, forecasts.quantile(i, horizon, median))),
                    mean(windows, horizon, i -> 0));
        }

        private static double mean(WindowSet windows, int horizon, IntToDoubleFunction change) {
            return 100
                    * IntStream.range(0, windows.size())
                            .filter(i -> !Float.isNaN(windows.target(i, horizon)))
                            .mapToDouble(i -> Math.abs(
                                    windows.change(i, horizon, windows.target(i, horizon)) - change.applyAsDouble(i)))
                            .average()
                            .orElse(Double.NaN);
        }
    }
}
