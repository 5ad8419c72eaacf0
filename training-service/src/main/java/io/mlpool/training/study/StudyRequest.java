package io.mlpool.training.study;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * {@code POST /studies}. There must be {@code trials} or a {@code grid}, or both: those of the grid come last.
 *
 * @param id names the study; the same request with the same id starts nothing new. One is made when absent
 * @param model {@code price-1h}; either this or {@code interval}
 * @param interval {@code 1h}; either this or {@code model}
 * @param assets whose candles all trials are judged on; all there are when absent or empty
 * @param algorithm {@code lstm} when absent
 * @param seed of trials that name none; 1 when absent
 * @param until close time of the newest candle to use, UTC; the newest there is when the study starts when absent
 * @param executedBy {@code service} when absent
 * @param trials what differs from the service's settings in each of them
 * @param grid values of hyper-parameters by name: a trial for each combination
 * @param halving after each fold one trial in so many goes on to the next; absent for all trials on all folds
 */
public record StudyRequest(
        @Nullable String id,
        @Nullable String model,
        @Nullable String interval,
        @Nullable List<String> assets,
        @Nullable String algorithm,
        @Nullable Long seed,
        @Nullable Instant until,
        @Nullable ExecutedBy executedBy,
        @Nullable List<Trial> trials,
        @Nullable Map<String, List<Object>> grid,
        @Nullable Integer halving) {

    /**
     * One way to make the model.
     *
     * @param hyperParameters by name, where they differ from the service's settings: {@code {"width": 64}}
     * @param learnFrom the assets that it learns from; all of the study when absent
     * @param seed of every random choice; that of the study when absent
     */
    public record Trial(
            @Nullable Map<String, Object> hyperParameters,
            @Nullable List<String> learnFrom,
            @Nullable Long seed) {}
}
