package io.mlpool.model;

import io.mlpool.encryption.StoredFile;
import io.mlpool.encryption.StoredFolder;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The bundle of a model that forecasts: a graph {@code model.onnx}, and {@code network.zip} where it can be trained on, and
 * {@code importance.json} where it was measured what it leans on.
 *
 * @param bundle where it lies
 * @param manifest what it says of itself
 * @param golden a window and its answer
 */
public record ForecastBundle(ModelBundle bundle, ForecastManifest manifest, GoldenAnswer golden) {

    private static final String NETWORK = "network.zip";
    private static final String IMPORTANCE = "importance.json";

    /**
     * Writes a bundle. The graph must already answer like the golden answer.
     *
     * @param files folder that is created and must not hold a bundle yet; says too whether to encrypt
     * @param onnx the graph: input {@code window [N, steps, width]}, output {@code quantiles [N, horizons, levels]}
     * @param network what {@code fine-tuning} starts from; absent when the algorithm has no such thing
     * @param importance what it leans on; absent when it looks at nothing
     */
    public static ForecastBundle write(
            StoredFolder files,
            ForecastManifest manifest,
            GoldenAnswer golden,
            byte[] onnx,
            Optional<StoredFile> network,
            Optional<FeatureImportance> importance) {
        ModelBundle written = ModelBundle.write(files, manifest, golden, onnx, mlflow(manifest), () -> {
            if (network.isPresent()) {
                files.file(NETWORK).write(network.get());
            }
            if (importance.isPresent()) {
                files.file(IMPORTANCE).write(BundleJson.MAPPER.writeValueAsBytes(importance.get()));
            }
        });
        ForecastBundle bundle = new ForecastBundle(written, manifest, golden);
        try (OnnxForecaster forecaster = bundle.load()) {
            golden.verify(forecaster);
        }
        return bundle;
    }

    /**
     * A bundle as that of a model that forecasts.
     *
     * @throws BrokenBundleException when it is not, or does not make sense
     */
    public static ForecastBundle of(ModelBundle bundle) {
        return new ForecastBundle(bundle, bundle.manifest(ForecastManifest.class), bundle.golden(GoldenAnswer.class));
    }

    /** Reads a bundle that is not encrypted and checks every digest; see {@link #of}. */
    public static ForecastBundle read(Path directory) {
        return read(StoredFolder.plain(directory));
    }

    /** Reads a bundle, encrypted or not, and checks every digest; see {@link #of}. */
    public static ForecastBundle read(StoredFolder files) {
        return of(ModelBundle.read(files));
    }

    /** The DL4J network with its updater state, where there is one. */
    public Optional<StoredFile> network() {
        return Optional.of(bundle.file(NETWORK)).filter(StoredFile::exists);
    }

    /**
     * What the model leans on; empty when it looks at nothing, and in bundles from before it was kept.
     *
     * @throws BrokenBundleException when the file does not make sense
     */
    public Optional<FeatureImportance> importance() {
        return importance(bundle);
    }

    /** The same of any bundle: of one that does not forecast it is empty. */
    public static Optional<FeatureImportance> importance(ModelBundle bundle) {
        return Optional.of(bundle.file(IMPORTANCE))
                .filter(StoredFile::exists)
                .map(file -> bundle.json(IMPORTANCE, FeatureImportance.class));
    }

    /** Opens the graph; the caller closes it. An encrypted one is decrypted in memory only. */
    public OnnxForecaster load() {
        return OnnxForecaster.open(bundle.weights(), manifest.features(), manifest.shape());
    }

    private static MlflowModel mlflow(ForecastManifest manifest) {
        Map<String, String> details = new LinkedHashMap<>();
        details.put("onnx_version", "1.16.0");
        details.put("providers", "[CPUExecutionProvider]");
        details.put("onnx_session_options", "null");
        Map<String, String> metadata = new LinkedHashMap<>();
        metadata.put("interval", json(manifest.features().interval().label()));
        metadata.put("features", json(manifest.features().names()));
        metadata.put(
                "horizons",
                json(manifest.shape().horizons().stream().map(Object::toString).toList()));
        metadata.put("levels", json(manifest.shape().levels()));
        return new MlflowModel(
                Flavor.ONNX,
                details,
                List.of("mlflow", "onnx", "onnxruntime"),
                metadata,
                tensor(
                        OnnxForecaster.INPUT,
                        manifest.features().steps(),
                        manifest.features().width()),
                tensor(
                        OnnxForecaster.OUTPUT,
                        manifest.shape().horizons().size(),
                        manifest.shape().levels().size()));
    }

    private static String tensor(String name, int rows, int columns) {
        return """
                [{"type": "tensor", "tensor-spec": {"dtype": "float32", "shape": [-1, %d, %d]}, "name": "%s"}]""".formatted(rows, columns, name);
    }

    private static String json(Object value) {
        return BundleJson.MAPPER.writeValueAsString(value);
    }
}
