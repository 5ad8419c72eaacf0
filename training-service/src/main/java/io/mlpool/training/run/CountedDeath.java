package io.mlpool.training.run;

import com.github.kagkarlsson.scheduler.task.DeadExecutionHandler;
import com.github.kagkarlsson.scheduler.task.ExecutionComplete;
import com.github.kagkarlsson.scheduler.task.ExecutionOperations;
import java.util.function.Consumer;

/**
 * What becomes of an execution that gives no sign of life any more: its death is counted, and another process takes it over.
 *
 * @param counting gets the id of what was executed
 */
public record CountedDeath(Consumer<String> counting) implements DeadExecutionHandler<Void> {

    @Override
    public void deadExecution(ExecutionComplete complete, ExecutionOperations<Void> operations) {
        counting.accept(complete.getExecution().taskInstance.getId());
        new ReviveDeadExecution<Void>().deadExecution(complete, operations);
    }
}
