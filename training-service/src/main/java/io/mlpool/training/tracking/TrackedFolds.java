package io.mlpool.training.tracking;

import io.mlpool.mlflow.Mlflow;
import io.mlpool.mlflow.Runs;
import io.mlpool.registry.MlflowRegistry;
import io.mlpool.training.pipeline.RunEvent;
import io.mlpool.training.run.RecordedEvent;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The runs that MLflow shows within a run: one for each walk-forward fold. */
final class TrackedFolds {

    private final Mlflow mlflow;
    private final String experiment;
    private final String runId;
    private final Runs.Run root;
    private final Map<String, Runs.Run> known = new HashMap<>();

    /** Folds of our run {@code runId}, which is {@code root} in MLflow. */
    TrackedFolds(Mlflow mlflow, String experiment, String runId, Runs.Run root) {
        this.mlflow = mlflow;
        this.experiment = experiment;
        this.runId = runId;
        this.root = root;
    }

    /** The run of a fold, {@code fold-1}; begun when it is not known. */
    Runs.Run run(String part, Instant at) {
        Runs.Run there = known.get(part);
        if (there != null) {
            return there;
        }
        Runs.Run fold = mlflow.runs().findOrCreate(experiment, MlflowRegistry.RUN_TAG, runId + "/" + part, at);
        mlflow.runs().tags(fold.id(), Map.of("mlflow.parentRunId", root.id(), "mlflow.runName", part));
        known.put(part, fold);
        return fold;
    }

    void judged(RunEvent.FoldJudged judged, Instant at) {
        Runs.Run fold = run(judged.part(), at);
        mlflow.runs().metrics(fold.id(), LoggedMetrics.of(judged.evaluation(), at));
        mlflow.runs()
                .tags(
                        fold.id(),
                        Map.of(
                                "mlpool.judged_from", judged.evaluation().from().toString(),
                                "mlpool.judged_until",
                                        judged.evaluation().until().toString()));
        mlflow.runs().update(fold.id(), Runs.Status.FINISHED, at);
    }

    /** Folds end with their run, whoever told about their beginning. */
    void end(List<RecordedEvent> journal, Runs.Status status, Instant at) {
        unfinished(journal).forEach(part -> mlflow.runs().update(run(part, at).id(), status, at));
    }

    private static Set<String> unfinished(List<RecordedEvent> journal) {
        Set<String> parts = new LinkedHashSet<>();
        for (RecordedEvent recorded : journal) {
            if (recorded.event() instanceof RunEvent.EpochFinished epoch) {
                parts.add(epoch.part());
            } else if (recorded.event() instanceof RunEvent.FoldJudged judged) {
                parts.remove(judged.part());
            }
        }
        parts.remove(TrackedRun.FINAL_MODEL);
        return parts;
    }
}
