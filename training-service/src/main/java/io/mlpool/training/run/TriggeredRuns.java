package io.mlpool.training.run;

import io.mlpool.market.Interval;
import io.mlpool.mlflow.MlflowException;
import io.mlpool.model.Algorithm;
import io.mlpool.model.BrokenBundleException;
import io.mlpool.registry.Alias;
import io.mlpool.registry.ModelRegistry;
import io.mlpool.training.pipeline.TrainingSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** Runs that start by themselves: one for each algorithm that is set, and before them one that fine-tunes the champion, where it can be. */
final class TriggeredRuns {

    private static final Logger LOG = LoggerFactory.getLogger(TriggeredRuns.class);

    private static final Set<String> NETWORKS = Set.of(Algorithm.LSTM.label(), Algorithm.TRANSFORMER.label());

    private final TriggerProperties properties;
    private final ModelRegistry registry;
    private final Trainings trainings;
    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;

    TriggeredRuns(
            TriggerProperties properties,
            ModelRegistry registry,
            Trainings trainings,
            JdbcClient jdbc,
            TransactionTemplate transaction) {
        this.properties = properties;
        this.registry = registry;
        this.trainings = trainings;
        this.jdbc = jdbc;
        this.transaction = transaction;
    }

    /**
     * Starts all of them or, where the process dies meanwhile, none. Runs of one model wait for each other, so each later one has to beat what the
     * earlier ones made.
     */
    void start(Interval interval, Cause cause) {
        List<RunRequest> requests = new ArrayList<>();
        fineTuned(interval).ifPresent(algorithm -> requests.add(RunRequest.fineTuning(interval.label(), algorithm)));
        properties.algorithms().forEach(algorithm -> requests.add(RunRequest.of(interval.label(), algorithm)));
        transaction.executeWithoutResult(status -> requests.forEach(request -> trainings.start(request, cause)));
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

    /** The champion's algorithm, where it is trained here and goes on from a network. A registry that is away is no reason not to train afresh. */
    private Optional<String> fineTuned(Interval interval) {
        if (!properties.fineTune() || properties.algorithms().stream().noneMatch(NETWORKS::contains)) {
            return Optional.empty();
        }
        try {
            return registry.find(TrainingSpec.modelOf(interval), Alias.CHAMPION)
                    .map(champion -> champion.tags().get("algorithm"))
                    .filter(algorithm -> NETWORKS.contains(algorithm)
                            && properties.algorithms().contains(algorithm));
        } catch (MlflowException | BrokenBundleException e) {
            LOG.warn("The champion of {} is not fine-tuned: {}", interval, e.getMessage());
            return Optional.empty();
        }
    }
}
