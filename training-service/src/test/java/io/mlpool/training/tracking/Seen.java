package io.mlpool.training.tracking;

import io.mlpool.registry.MlflowRegistry;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.mlflow.api.proto.Service.Dataset;
import org.mlflow.api.proto.Service.Metric;
import org.mlflow.api.proto.Service.Param;
import org.mlflow.api.proto.Service.Run;
import org.mlflow.api.proto.Service.RunTag;
import org.mlflow.api.proto.Service.ViewType;
import org.mlflow.tracking.MlflowClient;

/** What MLflow's own Java client reads of what we wrote. */
final class Seen implements AutoCloseable {

    private final MlflowClient client;
    private final String experiment;

    Seen(URI server, String experiment) {
        this.client = new MlflowClient(server.toString());
        this.experiment = experiment;
    }

    /** MLflow's runs that have our id, of which there is to be one. */
    List<Run> runs(String ourId) {
        String id = client.getExperimentByName(experiment).orElseThrow().getExperimentId();
        String filter = "tags.`%s` = '%s'".formatted(MlflowRegistry.RUN_TAG, ourId);
        return client.searchRuns(List.of(id), filter, ViewType.ACTIVE_ONLY, 10).getItems().stream()
                .toList();
    }

    Run run(String ourId) {
        return runs(ourId).getFirst();
    }

    /** Steps of a metric and its values, in order of the steps. */
    Map<Long, Double> history(Run run, String metric) {
        return client.getMetricHistory(run.getInfo().getRunId(), metric).stream()
                .collect(Collectors.toMap(Metric::getStep, Metric::getValue, (a, b) -> a, java.util.TreeMap::new));
    }

    int points(Run run, String metric) {
        return client.getMetricHistory(run.getInfo().getRunId(), metric).size();
    }

    static Map<String, String> tags(Run run) {
        return run.getData().getTagsList().stream().collect(Collectors.toMap(RunTag::getKey, RunTag::getValue));
    }

    static Map<String, String> parameters(Run run) {
        return run.getData().getParamsList().stream().collect(Collectors.toMap(Param::getKey, Param::getValue));
    }

    static Map<String, Double> metrics(Run run) {
        return run.getData().getMetricsList().stream().collect(Collectors.toMap(Metric::getKey, Metric::getValue));
    }

    static Dataset input(Run run) {
        return run.getInputs().getDatasetInputs(0).getDataset();
    }

    @Override
    public void close() {
        client.close();
    }
}
