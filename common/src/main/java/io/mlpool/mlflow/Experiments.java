package io.mlpool.mlflow;

import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Experiments by their name. */
public final class Experiments {

    /** Lets MLflow's pages show trained models instead of language models. */
    private static final List<Map<String, String>> TAGS =
            List.of(Map.of("key", "mlflow.experimentKind", "value", "custom_model_development"));

    private final Mlflow mlflow;

    Experiments(Mlflow mlflow) {
        this.mlflow = mlflow;
    }

    record Experiment(String experimentId, String lifecycleStage) {

        Experiment {
            Objects.requireNonNull(experimentId, "experiment_id");
            Objects.requireNonNull(lifecycleStage, "lifecycle_stage");
        }
    }

    record Found(Experiment experiment) {

        Found {
            Objects.requireNonNull(experiment, "experiment");
        }
    }

    record Created(String experimentId) {

        Created {
            Objects.requireNonNull(experimentId, "experiment_id");
        }
    }

    /** The id of the experiment with this name, which is made when there is none and brought back when it was deleted. */
    public String id(String name) {
        try {
            return found(name);
        } catch (MlflowException e) {
            if (!e.saysItIsMissing()) {
                throw e;
            }
        }
        try {
            return mlflow.once("POST", "experiments/create", Map.of("name", name, "tags", TAGS), Created.class)
                    .experimentId();
        } catch (MlflowException e) {
            if (!e.saysItIsThere()) {
                throw e;
            }
            return found(name);
        }
    }

    private String found(String name) {
        Experiment experiment = mlflow.get("experiments/get-by-name", Map.of("experiment_name", name), Found.class)
                .experiment();
        if (experiment.lifecycleStage().equals("deleted")) {
            mlflow.repeatable(
                    "POST",
                    "experiments/restore",
                    Map.of("experiment_id", experiment.experimentId()),
                    Mlflow.Done.class);
        }
        return experiment.experimentId();
    }
}
