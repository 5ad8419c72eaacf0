package io.mlpool.training.tracking;

import io.mlpool.mlflow.Mlflow;
import io.mlpool.mlflow.MlflowException;
import io.mlpool.mlflow.Runs;
import io.mlpool.registry.MlflowRegistry;
import io.mlpool.training.pipeline.RunEvent;
import io.mlpool.training.pipeline.RunJson;
import io.mlpool.training.run.MarkdownReport;
import io.mlpool.training.run.RecordedEvent;
import io.mlpool.training.run.RunView;
import io.mlpool.training.run.TrainingRuns;
import java.net.URI;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A run in MLflow, and one within it for each fold. Whatever is told may be told again: MLflow keeps one of the same metrics, its
 * tags are overwritten, and parameters stay what they are.
 */
final class TrackedRun {

    /** What {@link RunEvent.EpochFinished} calls the part that is no fold. */
    static final String FINAL_MODEL = "model";

    private final Mlflow mlflow;
    private final TrainingRuns runs;
    private final RunView run;
    private final String experiment;
    private final Runs.Run root;
    private final TrackedFolds folds;

    private TrackedRun(Mlflow mlflow, TrainingRuns runs, RunView run, String experiment, Runs.Run root) {
        this.mlflow = mlflow;
        this.runs = runs;
        this.run = run;
        this.experiment = experiment;
        this.root = root;
        this.folds = new TrackedFolds(mlflow, experiment, run.id(), root);
    }

    /** The run in the experiment that has its model's name; begun there when it is not known. */
    static TrackedRun of(Mlflow mlflow, TrainingRuns runs, String id) {
        RunView run = runs.find(id).orElseThrow();
        String experiment = mlflow.experiments().id(run.model());
        return new TrackedRun(
                mlflow,
                runs,
                run,
                experiment,
                mlflow.runs().findOrCreate(experiment, MlflowRegistry.RUN_TAG, run.id(), run.createdAt()));
    }

    /** Where people look at it. */
    URI page() {
        return mlflow.page("experiments/%s/runs/%s".formatted(experiment, root.id()));
    }

    URI artifacts() {
        return root.artifacts();
    }

    void tell(RecordedEvent recorded) {
        Instant at = recorded.at();
        switch (recorded.event()) {
            case RunEvent.Described described -> describe(described);
            case RunEvent.Snapshot taken -> mlflow.runs().input(root.id(), SnapshotInput.of(taken.snapshot()));
            case RunEvent.Stage _ -> {
                // What a run does at the moment is for those who watch it, not for those who compare runs.
            }
            case RunEvent.EpochFinished epoch -> epoch(epoch, at);
            case RunEvent.FoldJudged judged -> folds.judged(judged, at);
            case RunEvent.Tried tried -> mlflow.runs().metrics(root.id(), LoggedMetrics.of(tried.score(), at));
            case RunEvent.Evaluated evaluated ->
                mlflow.runs().metrics(root.id(), LoggedMetrics.of(evaluated.evaluation(), at));
            case RunEvent.Decided decided -> decided(decided, at);
            case RunEvent.StateChanged changed -> state(changed, at);
        }
    }

    private void describe(RunEvent.Described described) {
        Map<String, String> tags = new TreeMap<>();
        described.environment().forEach((name, value) -> tags.put("mlpool." + name, value));
        tags.put("mlpool.seed", described.parameters().getOrDefault("spec.seed", ""));
        tags.put("mlpool.algorithm", run.algorithm());
        tags.put("mlpool.cause", run.cause().label());
        if (run.study() != null) {
            tags.put("mlpool.study", run.study());
            tags.put("mlpool.trial", run.trial() == null ? "best" : run.trial().toString());
        }
        String way = described.environment().containsKey("parent_run") ? " fine-tuned" : "";
        tags.putAll(MlflowRegistry.origin(run.algorithm() + way, run.createdAt()));
        String commit = described.environment().get("git_commit");
        if (commit != null) {
            tags.put("mlflow.source.git.commit", commit);
        }
        parent(described).ifPresent(id -> tags.put("mlpool.parent_mlflow_run", id));
        tags(tags);
        parameters(described.parameters());
    }

    /** MLflow never takes another value for a parameter: a run that started over with others has them all in a tag. */
    private void parameters(Map<String, String> parameters) {
        try {
            mlflow.runs().parameters(root.id(), parameters);
        } catch (MlflowException e) {
            if (e.trouble() != MlflowException.Trouble.REFUSED) {
                throw e;
            }
            tags(Map.of("mlpool.parameters", RunJson.MAPPER.writeValueAsString(new TreeMap<>(parameters))));
        }
    }

    private Optional<String> parent(RunEvent.Described described) {
        return Optional.ofNullable(described.environment().get("parent_run"))
                .flatMap(parent -> mlflow.runs().find(experiment, MlflowRegistry.RUN_TAG, parent))
                .map(Runs.Run::id);
    }

    private void epoch(RunEvent.EpochFinished event, Instant at) {
        Runs.Run part = event.part().equals(FINAL_MODEL) ? root : folds.run(event.part(), at);
        mlflow.runs().metrics(part.id(), LoggedMetrics.of(event.epoch(), at));
    }

    private void decided(RunEvent.Decided decided, Instant at) {
        tags(Map.of(
                "mlpool.decision",
                decided.decision().reason(),
                "mlpool.promoted",
                Boolean.toString(decided.decision().promoted()),
                "mlpool.version",
                Integer.toString(decided.version())));
        runs.find(run.id())
                .flatMap(MarkdownReport::of)
                .ifPresent(report -> tags(Map.of("mlflow.note.content", report)));
        mlflow.runs().metrics(root.id(), LoggedMetrics.of(decided.decision(), at));
    }

    private void state(RunEvent.StateChanged changed, Instant at) {
        Runs.Status status = status(changed.state());
        boolean over = status != Runs.Status.RUNNING;
        if (changed.error() != null) {
            tags(Map.of("mlpool.error", changed.error()));
        }
        if (over) {
            folds.end(runs.events(run.id(), 0), status, at);
        }
        mlflow.runs().update(root.id(), status, over ? at : null);
    }

    private static Runs.Status status(String state) {
        return switch (state) {
            case "succeeded" -> Runs.Status.FINISHED;
            case "failed" -> Runs.Status.FAILED;
            case "cancelled" -> Runs.Status.KILLED;
            default -> Runs.Status.RUNNING;
        };
    }

    private void tags(Map<String, String> tags) {
        mlflow.runs().tags(root.id(), tags);
    }
}
