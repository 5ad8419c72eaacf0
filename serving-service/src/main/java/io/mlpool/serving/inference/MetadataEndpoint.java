package io.mlpool.serving.inference;

import io.mlpool.features.FeatureSchema;
import io.mlpool.model.ForecastShape;
import io.mlpool.model.OnnxForecaster;
import io.mlpool.serving.live.LiveForecaster;
import io.swagger.v3.oas.annotations.Hidden;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Open Inference Protocol v2: who is there, is it well, what does a model take and answer. */
@RestController
@RequestMapping("/v2")
@Tag(name = "open inference protocol v2")
class MetadataEndpoint {

    private static final List<String> EXTENSIONS = List.of("binary_tensor_data", "model_repository");

    private final Inference inference;

    MetadataEndpoint(Inference inference) {
        this.inference = inference;
    }

    @Operation(operationId = "server_metadata", summary = "Which server this is")
    @GetMapping
    Protocol.ServerMetadata server() {
        String version = Optional.ofNullable(MetadataEndpoint.class.getPackage().getImplementationVersion())
                .orElse("development");
        return new Protocol.ServerMetadata("mlpool", version, EXTENSIONS);
    }

    /** The protocol's text writes it without the slash, its description with one. */
    @Hidden
    @GetMapping("/")
    Protocol.ServerMetadata serverWithSlash() {
        return server();
    }

    @Operation(operationId = "server_live", summary = "200 as long as the process answers")
    @GetMapping("/health/live")
    Protocol.Live live() {
        return new Protocol.Live(true);
    }

    @Operation(operationId = "server_ready", summary = "200 with a live model, else 503")
    @GetMapping("/health/ready")
    ResponseEntity<Protocol.Ready> ready() {
        boolean ready = inference.isReady();
        return ResponseEntity.status(ready ? 200 : 503).body(new Protocol.Ready(true, ready));
    }

    @Operation(operationId = "model_ready", summary = "200 when the model is live, else 404")
    @GetMapping("/models/{model}/ready")
    Protocol.ModelReady modelReady(@PathVariable @Schema(example = "price-1h") String model) {
        return ready(model, null);
    }

    @Operation(operationId = "model_version_ready", summary = "200 when this version is live, else 404")
    @GetMapping("/models/{model}/versions/{version}/ready")
    Protocol.ModelReady versionReady(
            @PathVariable @Schema(example = "price-1h") String model,
            @PathVariable @Schema(example = "1") String version) {
        return ready(model, version);
    }

    @Operation(operationId = "model_metadata", summary = "What a model takes and answers")
    @GetMapping("/models/{model}")
    Protocol.ModelMetadata model(@PathVariable @Schema(example = "price-1h") String model) {
        return metadata(inference.require(model, null));
    }

    @Operation(operationId = "model_version_metadata", summary = "The same of a version that is live")
    @GetMapping("/models/{model}/versions/{version}")
    Protocol.ModelMetadata version(
            @PathVariable @Schema(example = "price-1h") String model,
            @PathVariable @Schema(example = "1") String version) {
        return metadata(inference.require(model, version));
    }

    private Protocol.ModelReady ready(String model, @Nullable String version) {
        return new Protocol.ModelReady(inference.require(model, version).slot().model(), true);
    }

    private Protocol.ModelMetadata metadata(LiveForecaster model) {
        FeatureSchema features = model.manifest().features();
        ForecastShape shape = model.manifest().shape();
        List<Integer> answered =
                List.of(-1, shape.horizons().size(), shape.levels().size());
        return new Protocol.ModelMetadata(
                model.slot().model(),
                inference.versions(model.slot().model()),
                "onnx_onnxv1",
                List.of(new Protocol.TensorMetadata(
                        OnnxForecaster.INPUT, "FP32", List.of(-1, features.steps(), features.width()))),
                Outputs.NAMES.stream()
                        .map(name -> new Protocol.TensorMetadata(name, "FP32", answered))
                        .toList(),
                Map.of(
                        "features", String.join(",", features.names()),
                        "horizons", joined(shape.horizons()),
                        "levels", joined(shape.levels())));
    }

    private static String joined(List<?> values) {
        return values.stream().map(Object::toString).collect(Collectors.joining(","));
    }
}
