package io.mlpool.anomaly;

import io.mlpool.encryption.StoredFolder;
import io.mlpool.model.Flavor;
import io.mlpool.model.MlflowModel;
import io.mlpool.model.ModelBundle;
import io.mlpool.model.OnnxRows;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The bundle of a model that finds anomalies: a graph {@code model.onnx} with the input {@code features [N, width]} and the output
 * {@code score [N]}.
 *
 * @param bundle where it lies
 * @param manifest what it says of itself
 * @param golden points and their scores
 */
public record AnomalyBundle(ModelBundle bundle, AnomalyManifest manifest, GoldenScore golden) {

    /** Name of the graph's input. */
    public static final String INPUT = "features";

    /** Name of the graph's output. */
    public static final String OUTPUT = "score";

    /**
     * Writes a bundle. The graph must already answer like the golden scores.
     *
     * @param files folder that is created and must not hold a bundle yet; says too whether to encrypt
     */
    public static AnomalyBundle write(StoredFolder files, AnomalyManifest manifest, GoldenScore golden, byte[] onnx) {
        AnomalyBundle bundle =
                new AnomalyBundle(ModelBundle.write(files, manifest, golden, onnx, mlflow(manifest)), manifest, golden);
        try (OnnxRows rows = bundle.load()) {
            golden.verify(rows::answers);
        }
        return bundle;
    }

    /**
     * A bundle as that of a model that finds anomalies.
     *
     * @throws io.mlpool.model.BrokenBundleException when it is not, or does not make sense
     */
    public static AnomalyBundle of(ModelBundle bundle) {
        return new AnomalyBundle(bundle, bundle.manifest(AnomalyManifest.class), bundle.golden(GoldenScore.class));
    }

    /** Opens the graph; the caller closes it. An encrypted one is decrypted in memory only. */
    public OnnxRows load() {
        return OnnxRows.open(bundle.weights(), INPUT, manifest.dimensions().size());
    }

    private static MlflowModel mlflow(AnomalyManifest manifest) {
        Map<String, String> details = new LinkedHashMap<>();
        details.put("onnx_version", "1.16.0");
        details.put("providers", "[CPUExecutionProvider]");
        details.put("onnx_session_options", "null");
        Map<String, String> metadata = new LinkedHashMap<>();
        metadata.put("interval", "\"" + manifest.interval() + "\"");
        metadata.put(
                "dimensions",
                manifest.dimensions().stream()
                        .map(dimension -> "\"" + dimension.label() + "\"")
                        .collect(Collectors.joining(", ", "[", "]")));
        metadata.put("threshold", Double.toString(manifest.threshold().score()));
        return new MlflowModel(
                Flavor.ONNX,
                details,
                List.of("mlflow", "onnx", "onnxruntime"),
                metadata,
                tensor(INPUT, "-1, " + manifest.dimensions().size()),
                tensor(OUTPUT, "-1"));
    }

    private static String tensor(String name, String shape) {
        return """
                [{"type": "tensor", "tensor-spec": {"dtype": "float32", "shape": [%s]}, "name": "%s"}]""".formatted(shape, name);
    }
}
