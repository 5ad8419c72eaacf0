package io.mlpool.training.run;

import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * When runs start by themselves.
 *
 * @param intervals for which they do; empty for none
 * @param schedule cron expression with seconds, UTC; {@code -} for never
 * @param newCandles candles since the last run's watermark that start one; 0 for never
 * @param look how often new candles are counted
 */
record TriggerProperties(
        @DefaultValue("1h") List<String> intervals,
        @DefaultValue("0 15 3 * * *") String schedule,

        @DefaultValue("5000") @jakarta.validation.constraints.Min(0) long newCandles,

        @DefaultValue("1m") Duration look) {}
