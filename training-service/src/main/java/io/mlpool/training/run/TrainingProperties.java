package io.mlpool.training.run;

import io.mlpool.market.Interval;
import io.mlpool.model.Horizon;
import io.mlpool.training.dataset.Replay;
import io.mlpool.training.evaluation.AsymmetricCost;
import io.mlpool.training.pipeline.TrainingSettings;
import io.mlpool.training.promotion.GateRules;
import jakarta.validation.Valid;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Positive;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How runs are done and when they start by themselves.
 *
 * @param horizons that are forecast, by interval ({@code 1h}); those that are not set keep their defaults
 * @param steps bars in a window
 * @param heldOut share of the time that judges the final model
 * @param validation share of each train slice that says when to stop
 * @param folds most that calibration is fitted on
 * @param fewestFoldWindows windows that a fold must judge, or there are fewer folds
 * @param mostFoldWindows windows that a fold learns from at most
 * @param mostJudgedWindows windows that a fold judges at most
 * @param atOnce runs, trials and backtests that one process trains at the same time: they share its memory
 * @param registryWait how long a run waits for a registry that is away; each time it was in vain a little longer
 */
@Validated
@ConfigurationProperties("mlpool.training")
record TrainingProperties(
        @Nullable Map<String, List<Horizon>> horizons,
        @DefaultValue("64") @Min(1) @Max(2000) int steps,

        @DefaultValue("0.2") @DecimalMin("0.05") @DecimalMax("0.5") double heldOut,

        @DefaultValue("0.18") @DecimalMin("0.05") @DecimalMax("0.5") double validation,

        @DefaultValue("3") @Min(1) @Max(20) int folds,
        @DefaultValue("1000") @Min(1) int fewestFoldWindows,
        @DefaultValue("60000") @Min(100) int mostFoldWindows,
        @DefaultValue("50000") @Min(100) int mostJudgedWindows,
        @DefaultValue("1") @Min(1) @Max(3) int atOnce,
        @DefaultValue("5s") Duration registryWait,
        @DefaultValue @Valid Gate gate,
        @DefaultValue @Valid Cost cost,
        @DefaultValue @Valid Replayed replay,
        @DefaultValue @Valid TriggerProperties triggers) {

    private static final Map<String, List<Horizon>> HORIZONS = Map.of(
            "5m", horizons("5m", "15m", "1h"),
            "1h", horizons("1h", "4h", "24h"),
            "4h", horizons("4h", "24h"),
            "1d", horizons("24h", "7d"));

    TrainingProperties {
        Map<String, List<Horizon>> all = new HashMap<>(HORIZONS);
        if (horizons != null) {
            all.putAll(horizons);
        }
        horizons = Map.copyOf(all);
        horizons.forEach((label, ahead) -> ahead.forEach(horizon -> horizon.bars(Interval.of(label))));
    }

    /**
     * When a candidate is promoted.
     *
     * @param level highest probability that noise alone would have looked so good, one-sided
     * @param fewestTimes times that must be scored
     * @param fewestIndependent stretches as long as the longest horizon that must be scored
     */
    record Gate(
            @DefaultValue("0.05") @DecimalMin("0.0001") @DecimalMax("0.49") double level,

            @DefaultValue("100") @Min(2) int fewestTimes,
            @DefaultValue("10") @Min(1) int fewestIndependent) {}

    /**
     * What errors cost.
     *
     * @param over forecasting one percent too high
     * @param under forecasting one percent too low
     */
    record Cost(
            @DefaultValue("2") @Positive double over,
            @DefaultValue("1") @Positive double under) {}

    /**
     * What a network is fine-tuned on.
     *
     * @param newest share of the windows that count as new
     * @param share of those it is fine-tuned on that are older ones
     */
    record Replayed(
            @DefaultValue("0.25") @DecimalMin("0.01") @DecimalMax("1") double newest,

            @DefaultValue("0.5") @DecimalMin("0") @DecimalMax("0.95") double share) {}

    /** The same as the pipeline takes it. */
    TrainingSettings settings() {
        Map<Interval, List<Horizon>> byInterval = new EnumMap<>(Interval.class);
        if (horizons != null) {
            horizons.forEach((label, ahead) -> byInterval.put(Interval.of(label), ahead));
        }
        return new TrainingSettings(
                byInterval,
                steps,
                heldOut,
                validation,
                folds,
                fewestFoldWindows,
                mostFoldWindows,
                mostJudgedWindows,
                new AsymmetricCost(cost.over(), cost.under()),
                new GateRules(gate.level(), gate.fewestTimes(), gate.fewestIndependent()),
                new Replay(replay.newest(), replay.share()));
    }

    private static List<Horizon> horizons(String... labels) {
        return java.util.Arrays.stream(labels).map(Horizon::of).toList();
    }
}
