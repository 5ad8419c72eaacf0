package io.mlpool.training.anomaly;

import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.Schedules;
import io.mlpool.market.Interval;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** Starts a run when enough candles came in since the last one; on one replica, by a recurring task. */
final class AnomalyTriggers {

    private final AnomalyProperties properties;
    private final AnomalyRuns runs;
    private final AnomalyTrainings trainings;
    private final Map<Interval, Long> lastCount = new ConcurrentHashMap<>();

    AnomalyTriggers(AnomalyProperties properties, AnomalyRuns runs, AnomalyTrainings trainings) {
        this.properties = properties;
        this.runs = runs;
        this.trainings = trainings;
    }

    RecurringTask<Void> task() {
        return Tasks.recurring("anomaly-new-candles", Schedules.fixedDelay(properties.look()))
                .execute((instance, context) ->
                        properties.intervals().stream().map(Interval::of).forEach(this::look));
    }

    /** An import brings candles by the thousand: a run starts only when their number has come to rest. */
    void look(Interval interval) {
        AnomalySpec spec = new AnomalySpec(UUID.randomUUID().toString(), interval, List.of(), Optional.empty(), 1);
        long count = runs.isBusy(spec.model()) ? 0 : runs.newCandles(spec.model(), interval.label());
        Long before = lastCount.put(interval, count);
        if (properties.newCandles() > 0 && count >= properties.newCandles() && before != null && before == count) {
            trainings.start(spec, "new_candles");
        }
    }
}
