package io.mlpool.training;

import io.mlpool.encryption.StoredFile;
import io.mlpool.model.FeatureImportance.TreeShare;
import io.mlpool.model.Forecaster;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a trainer made.
 *
 * @param forecaster answers with the weights of the best epoch, computed by the engine that trained them
 * @param onnx the same model as a graph, preprocessing inside; see {@code ForecastBundle.write} for its input and output
 * @param network file to fine-tune from, weights and updater; absent when the algorithm has none
 * @param parameters hyper-parameters by name, for provenance
 * @param trees what features have a share in, highest first; empty when there are no trees in it
 */
public record TrainedModel(
        Forecaster forecaster,
        byte[] onnx,
        Optional<StoredFile> network,
        Map<String, String> parameters,
        List<TreeShare> trees) {

    public TrainedModel {
        parameters = Map.copyOf(parameters);
        trees = List.copyOf(trees);
    }

    /** One that is not made of trees. */
    public TrainedModel(
            Forecaster forecaster, byte[] onnx, Optional<StoredFile> network, Map<String, String> parameters) {
        this(forecaster, onnx, network, parameters, List.of());
    }
}
