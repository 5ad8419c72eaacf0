package io.mlpool.training.run;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * {@code POST /runs}.
 *
 * @param id names the run; the same request with the same id starts nothing new. One is made when absent
 * @param model {@code price-1h}; either this or {@code interval}
 * @param interval {@code 1h}; either this or {@code model}
 * @param assets to learn from; all there are when absent or empty
 * @param algorithm {@code lstm}, {@code transformer}, {@code xgboost}, {@code xgboost-scale}, {@code volatility}, {@code ensemble} or {@code naive}; {@code lstm} when absent
 * @param fineTune whether to start from the champion's network; no when absent
 * @param seed of every random choice; 1 when absent
 * @param until close time of the newest candle to use, UTC; all there are when absent
 * @param hyperParameters of the trainer by name, where they differ from the service's settings: {@code {"width": 64}}
 * @param learnFrom the assets among {@code assets} that the model learns from, while it is judged on all; all when absent
 */
public record RunRequest(
        @Nullable String id,
        @Nullable String model,
        @Nullable String interval,
        @Nullable List<String> assets,
        @Nullable String algorithm,
        @Nullable Boolean fineTune,
        @Nullable Long seed,
        @Nullable Instant until,
        @Nullable Map<String, Object> hyperParameters,
        @Nullable List<String> learnFrom) {

    /** A fresh run over every asset. */
    public static RunRequest of(String interval) {
        return new RunRequest(null, null, interval, null, null, null, null, null, null, null);
    }

    /** A run that starts from the champion's network, with replay. */
    static RunRequest fineTuning(String interval, String algorithm) {
        return new RunRequest(null, null, interval, null, algorithm, true, null, null, null, null);
    }

    /** The same of an algorithm. */
    static RunRequest of(String interval, String algorithm) {
        return new RunRequest(null, null, interval, null, algorithm, null, null, null, null, null);
    }
}
