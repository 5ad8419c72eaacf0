package io.mlpool.serving.anomalies;

import com.github.kagkarlsson.scheduler.task.TaskDescriptor;
import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import java.time.Duration;

/** Looks for new candles every few seconds, on one replica at a time; when its process dies another one goes on. */
final class WatchTask {

    private WatchTask() {}

    static RecurringTask<Void> of(StreamWatch watch, Duration pause) {
        return Tasks.recurring(TaskDescriptor.of("stream-anomalies"), FixedDelay.of(pause))
                .execute((instance, context) ->
                        watch.update(() -> context.getSchedulerState().isShuttingDown()));
    }
}
