package io.mlpool.serving.alert;

import com.github.kagkarlsson.scheduler.task.TaskDescriptor;
import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import java.time.Duration;

/** Has all rules evaluated again and again, by one replica at a time; when it dies by another one. */
final class EvaluationTask {

    private EvaluationTask() {}

    static RecurringTask<Void> of(Evaluation evaluation, Duration every) {
        return Tasks.recurring(TaskDescriptor.of("alert-evaluation"), FixedDelay.of(every))
                .execute((instance, context) -> evaluation.run());
    }
}
