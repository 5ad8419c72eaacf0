package io.mlpool.serving.inference;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The protocol's objects: those that are answered, and those that only the API's description needs since they are read by hand. */
final class Protocol {

    private Protocol() {}

    /** {@code GET /v2}. */
    record ServerMetadata(
            @Schema(example = "mlpool") String name,
            @Schema(example = "0.1.0") String version,
            @Schema(example = "[\"binary_tensor_data\"]") List<String> extensions) {}

    /** {@code GET /v2/health/live}. */
    record Live(boolean live) {}

    /** {@code GET /v2/health/ready}; the protocol's text says {@code live}, its servers say {@code ready}. */
    record Ready(boolean live, boolean ready) {}

    /** {@code GET /v2/models/{model}/ready}. */
    record ModelReady(@Schema(example = "price-1h") String name, boolean ready) {}

    /** A tensor that goes in or out; -1 is any number. */
    record TensorMetadata(
            @Schema(example = "window") String name,
            @Schema(example = "FP32") String datatype,
            @Schema(example = "[-1, 64, 54]") List<Integer> shape) {}

    /**
     * {@code GET /v2/models/{model}}.
     *
     * @param parameters what else one needs to know: names of the features, the horizons and the levels
     */
    record ModelMetadata(
            @Schema(example = "price-1h") String name,
            @Schema(example = "[\"1\"]") List<String> versions,
            @Schema(example = "onnx_onnxv1") String platform,
            List<TensorMetadata> inputs,
            List<TensorMetadata> outputs,

            @Schema(description = "Names of the features, the horizons and the levels, separated by commas")
            Map<String, String> parameters) {}

    /** {@code POST /v2/repository/index}. */
    record IndexRequest(
            @Schema(description = "Only those that are live") @Nullable Boolean ready) {}

    /** A version in the repository. */
    record IndexEntry(
            @Schema(example = "price-1h") String name,
            @Schema(example = "1") String version,

            @Schema(allowableValues = {"READY", "UNAVAILABLE"})
            String state,

            @Schema(description = "Why it is not live") String reason) {}

    /** Errors of everything below {@code /v2}. */
    record Failure(
            @Schema(example = "model price-4h is not live; live are [price-1h version 3]")
            String error) {}

    /** A tensor of a question. */
    record InputTensor(
            @Schema(allowableValues = "window", requiredMode = Schema.RequiredMode.REQUIRED)
            String name,

            @ArraySchema(
                    minItems = 3,
                    maxItems = 3,
                    arraySchema = @Schema(example = "[1, 64, 54]", requiredMode = Schema.RequiredMode.REQUIRED),
                    schema = @Schema(type = "integer", minimum = "1"))
            List<Integer> shape,

            @Schema(
                    allowableValues = {"FP32", "FP64", "INT64"},
                    requiredMode = Schema.RequiredMode.REQUIRED)
            String datatype,

            @Nullable Map<String, Object> parameters,

            @ArraySchema(
                    arraySchema = @Schema(description = "Row by row, flat or nested"),
                    schema = @Schema(type = "number"))
            @Nullable List<Double> data) {}

    /** An output that is wanted. */
    record OutputName(
            @Schema(
                    allowableValues = {"quantiles", "calibrated_quantiles"},
                    requiredMode = Schema.RequiredMode.REQUIRED)
            String name,

            @Nullable Map<String, Object> parameters) {}

    /** What {@code infer} takes. */
    record InferBody(
            @Schema(description = "Sent back") @Nullable String id,
            @Nullable Map<String, Object> parameters,

            @ArraySchema(minItems = 1, maxItems = 1, arraySchema = @Schema(requiredMode = Schema.RequiredMode.REQUIRED))
            List<InputTensor> inputs,

            @ArraySchema(arraySchema = @Schema(description = "All when absent or empty")) @Nullable List<OutputName> outputs) {}

    /** A tensor of an answer. */
    record OutputTensor(
            @Schema(example = "quantiles") String name,
            @Schema(example = "FP32") String datatype,
            @Schema(example = "[1, 3, 7]") List<Integer> shape,
            @Schema(description = "Row by row") List<Double> data) {}

    /** What {@code infer} answers. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record InferReply(
            @Schema(example = "price-1h") String modelName,
            @Schema(example = "3") String modelVersion,
            @Nullable String id,
            List<OutputTensor> outputs) {}
}
