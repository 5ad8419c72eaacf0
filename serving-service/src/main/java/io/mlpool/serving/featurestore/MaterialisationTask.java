package io.mlpool.serving.featurestore;

import com.github.kagkarlsson.scheduler.task.TaskDescriptor;
import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import java.time.Duration;

/** Looks for changed candles every few seconds, on one replica at a time; when its process dies another one goes on. */
final class MaterialisationTask {

    private MaterialisationTask() {}

    static RecurringTask<Void> of(Materialisation materialisation, Duration pause) {
        return Tasks.recurring(TaskDescriptor.of("feature-materialisation"), FixedDelay.of(pause))
                .execute((instance, context) ->
                        materialisation.update(() -> context.getSchedulerState().isShuttingDown()));
    }
}
