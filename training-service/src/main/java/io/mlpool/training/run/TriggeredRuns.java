package io.mlpool.training.run;

import io.mlpool.market.Interval;
import io.mlpool.training.pipeline.TrainingSpec;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** Runs that start by themselves: one for each algorithm that is set. */
final class TriggeredRuns {

    private final List<String> algorithms;
    private final Trainings trainings;
    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;

    TriggeredRuns(List<String> algorithms, Trainings trainings, JdbcClient jdbc, TransactionTemplate transaction) {
        this.algorithms = algorithms;
        this.trainings = trainings;
        this.jdbc = jdbc;
        this.transaction = transaction;
    }

    /** All of them or, where the process dies meanwhile, none. Runs of one model wait for each other, so each later one has to beat what the earlier ones made. */
    void start(Interval interval, Cause cause) {
        transaction.executeWithoutResult(status ->
                algorithms.forEach(algorithm -> trainings.start(RunRequest.of(interval.label(), algorithm), cause)));
    }

    /** Trials of studies are no reason to wait: a run goes in between them. */
    boolean isBusy(Interval interval) {
        return jdbc.sql("""
                SELECT EXISTS
                  (SELECT 1 FROM training_run WHERE model = :model AND state IN ('queued', 'running') AND trial IS NULL)
                """)
                .param("model", TrainingSpec.modelOf(interval))
                .query(Boolean.class)
                .single();
    }
}
