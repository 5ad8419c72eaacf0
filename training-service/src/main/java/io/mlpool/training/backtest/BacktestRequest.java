package io.mlpool.training.backtest;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * {@code POST /backtests}.
 *
 * @param id names the backtest; the same request with the same id starts nothing new. One is made when absent
 * @param model {@code price-1h}; either this or {@code interval}
 * @param interval {@code 1h}; either this or {@code model}
 * @param assets that are forecast; all there are when absent or empty. Models learn from all there are in any case
 * @param from when the first forecast is made (inclusive), UTC
 * @param to until when forecasts are made (exclusive), UTC
 * @param retrain how long a model is used before the next one is made: {@code 30d} when absent
 * @param algorithm as in {@code POST /runs}; {@code volatility} when absent, which takes seconds a model
 * @param seed of every random choice; 1 when absent
 * @param hyperParameters of the trainer by name, where they differ from the service's settings
 * @param learnWindows windows that each model learns from at most, drawn evenly from all there were by then; what the service's
 *     settings say of folds when absent
 */
public record BacktestRequest(
        @Nullable String id,
        @Nullable String model,
        @Nullable String interval,
        @Nullable List<String> assets,
        @Nullable Instant from,
        @Nullable Instant to,
        @Nullable String retrain,
        @Nullable String algorithm,
        @Nullable Long seed,
        @Nullable Map<String, Object> hyperParameters,
        @Nullable Integer learnWindows) {}
