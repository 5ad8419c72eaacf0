package io.mlpool.training;

import io.mlpool.encryption.StoredFile;
import io.mlpool.model.Forecaster;
import java.util.Map;
import java.util.Optional;

/**
 * What a trainer made.
 *
 * @param forecaster answers with the weights of the best epoch, computed by the engine that trained them
 * @param onnx the same model as a graph, preprocessing inside; see {@code ForecastBundle.write} for its input and output
 * @param network file to fine-tune from, weights and updater; absent when the algorithm has none
 * @param parameters hyper-parameters by name, for provenance
 */
public record TrainedModel(
        Forecaster forecaster, byte[] onnx, Optional<StoredFile> network, Map<String, String> parameters) {

    public TrainedModel {
        parameters = Map.copyOf(parameters);
    }
}
