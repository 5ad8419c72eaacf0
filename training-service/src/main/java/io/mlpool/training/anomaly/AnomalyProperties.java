package io.mlpool.training.anomaly;

import io.mlpool.anomaly.AlarmBudget;
import io.mlpool.anomaly.IsolationForest;
import io.mlpool.market.Interval;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How models that find anomalies are trained, and when by themselves.
 *
 * @param alarmsPerWeek findings that people want to read of each asset
 * @param trees of a forest
 * @param samples candles that each tree is grown of
 * @param intervals that are trained by themselves; empty for none
 * @param newCandles candles since the last run's watermark that start one; 0 for never
 * @param look how often they are counted
 */
@Validated
@ConfigurationProperties("mlpool.training.anomaly")
record AnomalyProperties(
        @DefaultValue("2") @DecimalMin("0.01") @DecimalMax("100") double alarmsPerWeek,

        @DefaultValue("100") @Min(10) @Max(1000) int trees,
        @DefaultValue("256") @Min(16) @Max(4096) int samples,
        @DefaultValue("1h") List<String> intervals,
        @DefaultValue("5000") @Min(0) long newCandles,
        @DefaultValue("5m") Duration look) {

    AnomalyProperties {
        intervals = List.copyOf(intervals);
        intervals.forEach(Interval::of);
        if (!look.isPositive()) {
            throw new IllegalArgumentException("look must be a positive duration, found " + look);
        }
    }

    AnomalySettings settings() {
        return new AnomalySettings(
                new AlarmBudget(alarmsPerWeek),
                new IsolationForest.Settings(trees, samples),
                0.2,
                0.2,
                500,
                AnomalySettings.Rules.USUAL);
    }
}
