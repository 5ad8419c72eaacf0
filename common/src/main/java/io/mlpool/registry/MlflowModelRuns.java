package io.mlpool.registry;

import io.mlpool.mlflow.Mlflow;
import io.mlpool.mlflow.Runs;
import io.mlpool.model.BundleHeader;
import io.mlpool.model.Flavor;
import io.mlpool.model.ModelBundle;
import io.mlpool.model.Provenance;
import java.net.URI;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;

/** The runs of MLflow that registered models come from. */
record MlflowModelRuns(Mlflow mlflow) {

    private static final DateTimeFormatter LOGGED = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd HH:mm:ss.SSSSSS", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    /** The run that training tracks; a model that nobody tracks, like the naive one, gets a small one of its own. */
    Runs.Run of(BundleHeader header) {
        String experiment = mlflow.experiments().id(header.model());
        String runId = header.provenance().runId();
        return mlflow.runs()
                .find(experiment, MlflowRegistry.RUN_TAG, runId)
                .orElseGet(() -> untracked(experiment, header));
    }

    private Runs.Run untracked(String experiment, BundleHeader header) {
        Provenance provenance = header.provenance();
        Runs runs = mlflow.runs();
        Runs.Run run =
                runs.findOrCreate(experiment, MlflowRegistry.RUN_TAG, provenance.runId(), provenance.createdAt());
        runs.tags(run.id(), MlflowRegistry.origin(header.algorithm().label(), provenance.createdAt()));
        runs.parameters(run.id(), provenance.parameters());
        runs.metrics(
                run.id(),
                header.metrics().entrySet().stream()
                        .map(one -> new Runs.Metric(one.getKey(), one.getValue(), provenance.createdAt(), 0))
                        .toList());
        runs.update(run.id(), Runs.Status.FINISHED, provenance.createdAt());
        return run;
    }

    /** The tag by which MLflow's pages know that a folder of a run is a model: they link its version and tell how to load it. */
    void show(Runs.Run run, ModelBundle bundle, URI folder) {
        Flavor flavor = bundle.flavor();
        mlflow.runs().tags(run.id(), Map.of("mlflow.log-model.history", """
                [{"run_id": "%s", "artifact_path": "%s", "utc_time_created": "%s",\
                 "flavors": {"%s": {"data": "%s"}, "python_function": {"loader_module": "%s"}}}]\
                """.formatted(
                        run.id(),
                        name(folder),
                        LOGGED.format(bundle.header().provenance().createdAt()),
                        flavor.label(),
                        flavor.weights(),
                        flavor.loader())));
    }

    private static String name(URI folder) {
        String path = folder.toString();
        return path.substring(path.lastIndexOf('/') + 1);
    }
}
