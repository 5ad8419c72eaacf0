package io.mlpool.training.run;

import com.github.kagkarlsson.scheduler.task.schedule.Schedules;
import io.mlpool.market.Interval;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import java.time.ZoneOffset;
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
        @DefaultValue("5000") @Min(0) long newCandles,
        @DefaultValue("1m") Duration look) {

    TriggerProperties {
        intervals = List.copyOf(intervals);
        intervals.forEach(Interval::of);
        Schedules.cron(schedule, ZoneOffset.UTC);
        if (!look.isPositive()) {
            throw new IllegalArgumentException("look must be a positive duration, found " + look);
        }
    }
}
