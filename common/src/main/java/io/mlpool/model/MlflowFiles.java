package io.mlpool.model;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;

/** The files by which MLflow's tools recognise a bundle as a model of the onnx flavor. */
final class MlflowFiles {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSSSSS").withZone(ZoneOffset.UTC);

    private static final String REQUIREMENTS = """
            mlflow
            onnx
            onnxruntime
            """;

    private MlflowFiles() {}

    static void write(Path directory, BundleManifest manifest, String onnx) throws IOException {
        Files.writeString(directory.resolve("requirements.txt"), REQUIREMENTS);
        Files.writeString(directory.resolve("python_env.yaml"), """
                python: 3.11.9
                build_dependencies:
                - pip
                dependencies:
                - -r requirements.txt
                """);
        Files.writeString(directory.resolve("conda.yaml"), """
                channels:
                - conda-forge
                dependencies:
                - python=3.11.9
                - pip
                - pip:
                  - mlflow
                  - onnx
                  - onnxruntime
                name: mlflow-env
                """);
        Files.writeString(directory.resolve("MLmodel"), mlmodel(manifest, onnx));
    }

    /** YAML takes JSON as it is. */
    private static String json(List<?> values) {
        return BundleJson.MAPPER.writeValueAsString(values);
    }

    private static String mlmodel(BundleManifest manifest, String onnx) {
        return """
                artifact_path: model
                flavors:
                  onnx:
                    onnx_version: 1.16.0
                    data: %1$s
                    providers: [CPUExecutionProvider]
                    onnx_session_options: null
                    code: null
                  python_function:
                    loader_module: mlflow.onnx
                    data: %1$s
                    env:
                      conda: conda.yaml
                      virtualenv: python_env.yaml
                    python_version: 3.11.9
                utc_time_created: '%3$s'
                metadata:
                  mlpool_run_id: "%2$s"
                  interval: "%10$s"
                  features: %11$s
                  horizons: %12$s
                  levels: %13$s
                signature:
                  inputs: '[{"type": "tensor", "tensor-spec": {"dtype": "float32", "shape": [-1, %4$d, %5$d]}, "name": "%6$s"}]'
                  outputs: '[{"type": "tensor", "tensor-spec": {"dtype": "float32", "shape": [-1, %7$d, %8$d]}, "name": "%9$s"}]'
                  params: null
                """.formatted(
                onnx,
                manifest.provenance().runId(),
                TIME.format(manifest.provenance().createdAt()),
                manifest.features().steps(),
                manifest.features().width(),
                OnnxForecaster.INPUT,
                manifest.shape().horizons().size(),
                manifest.shape().levels().size(),
                OnnxForecaster.OUTPUT,
                manifest.features().interval(),
                json(manifest.features().names()),
                json(manifest.shape().horizons().stream().map(Object::toString).toList()),
                json(manifest.shape().levels()));
    }
}
