package io.mlpool.training.run;

import com.github.kagkarlsson.scheduler.task.schedule.Schedules;
import io.mlpool.market.Interval;
import io.mlpool.model.Algorithm;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * When runs start by themselves.
 *
 * @param intervals for which they do; empty for none
 * @param algorithms that are trained then, in this order
 * @param fineTune whether the champion is fine-tuned too where its algorithm is among them and has a network
 * @param schedule cron expression with seconds, UTC; {@code -} for never
 * @param newCandles candles since the last run's watermark that start one; 0 for never
 * @param look how often new candles are counted, and what speaks against the champion is read
 * @param drift whether a champion that drifts starts one
 * @param lossOfSkill whether a champion that is proved worse than the naive forecast starts one
 * @param quiet how long after a run for either of these reasons no other is started for either
 */
record TriggerProperties(
        @DefaultValue("1h") List<String> intervals,
        @DefaultValue("lstm") List<String> algorithms,
        @DefaultValue("true") boolean fineTune,
        @DefaultValue("0 15 3 * * *") String schedule,
        @DefaultValue("5000") @Min(0) long newCandles,
        @DefaultValue("1m") Duration look,
        @DefaultValue("true") boolean drift,
        @DefaultValue("true") boolean lossOfSkill,
        @DefaultValue("1d") Duration quiet) {

    TriggerProperties {
        intervals = List.copyOf(intervals);
        intervals.forEach(Interval::of);
        algorithms = List.copyOf(requireKnown(algorithms));
        Schedules.cron(schedule, ZoneOffset.UTC);
        if (!look.isPositive()) {
            throw new IllegalArgumentException("look must be a positive duration, found " + look);
        }
        if (quiet.isNegative()) {
            throw new IllegalArgumentException("quiet must not be negative, found " + quiet);
        }
    }

    /** Reasons in the champion that start runs. */
    List<Cause> decays() {
        return Stream.of(drift ? Cause.DRIFT : null, lossOfSkill ? Cause.LOSS_OF_SKILL : null)
                .flatMap(Stream::ofNullable)
                .toList();
    }

    List<Interval> ofIntervals() {
        return intervals.stream().map(Interval::of).toList();
    }

    private static List<String> requireKnown(List<String> algorithms) {
        List<String> known = Stream.of(Algorithm.values()).map(Algorithm::label).toList();
        algorithms.stream().filter(label -> !known.contains(label)).findFirst().ifPresent(label -> {
            throw new IllegalArgumentException("there is no algorithm '%s', there are %s".formatted(label, known));
        });
        return algorithms;
    }
}
