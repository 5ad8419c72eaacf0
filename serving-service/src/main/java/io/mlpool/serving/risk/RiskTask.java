package io.mlpool.serving.risk;

import com.github.kagkarlsson.scheduler.task.TaskDescriptor;
import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;

/** Calls for scores every few seconds, on one replica at a time. */
record RiskTask(RiskScoring scoring, RiskProperties properties) {

    RecurringTask<Void> task() {
        return Tasks.recurring(TaskDescriptor.of("risk-scores"), FixedDelay.of(properties.pollInterval()))
                .execute((instance, context) -> scoring.update());
    }
}
