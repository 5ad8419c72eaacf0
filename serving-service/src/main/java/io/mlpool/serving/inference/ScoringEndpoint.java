package io.mlpool.serving.inference;

import io.mlpool.errors.RefusedException;
import io.mlpool.features.FeatureSchema;
import io.mlpool.model.OnnxForecaster;
import io.mlpool.security.AnsweredBy;
import io.mlpool.serving.live.LiveForecaster;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** MLflow's scoring protocol: what talks to {@code mlflow models serve} talks to this. */
@RestController
@Tag(name = "mlflow scoring")
class ScoringEndpoint {

    private final Inference inference;

    ScoringEndpoint(Inference inference) {
        this.inference = inference;
    }

    /** What {@code /invocations} takes: exactly one of the four forms. */
    record Invocation(
            @Schema(description = "Windows [N][steps][features], or {\"window\": those}")
            Object inputs,

            @Schema(description = "The same, or a list of {\"window\": [steps][features]}")
            Object instances,

            @Schema(description = "{\"columns\": [\"window\"], \"data\": [[window]]}")
            Map<String, Object> dataframeSplit,

            @Schema(description = "[{\"window\": [steps][features]}]")
            List<Map<String, Object>> dataframeRecords,

            @Schema(description = "{\"model\": \"price-1h\"} where several models are live")
            Map<String, Object> params) {}

    /** What it answers. */
    record Predictions(Map<String, List<List<List<Float>>>> predictions) {}

    /** How it refuses. */
    record InvocationFailure(
            @Schema(example = "BAD_REQUEST") String errorCode,

            @Schema(example = "unknown input 'x', the model takes 'window'")
            String message) {}

    @Operation(
            operationId = "ping",
            summary = "200 with a live model, else 404",
            responses = {
                @ApiResponse(
                        responseCode = "200",
                        description = "There is one",
                        content = @Content(mediaType = "text/plain", schema = @Schema(type = "string"))),
                @ApiResponse(
                        responseCode = "404",
                        description = "There is none",
                        content = @Content(mediaType = "text/plain", schema = @Schema(type = "string")))
            })
    @GetMapping("/ping")
    ResponseEntity<byte[]> ping() {
        return ResponseEntity.status(inference.isReady() ? 200 : 404)
                .contentType(MediaType.TEXT_PLAIN)
                .body("\n".getBytes(StandardCharsets.US_ASCII));
    }

    @Operation(
            operationId = "invocations",
            summary = "Quantiles of the scaled return, as MLflow's scoring server answers them",
            description = "The graph's own output, before calibration.",
            requestBody =
                    @RequestBody(
                            required = true,
                            content = {
                                @Content(
                                        mediaType = MediaType.APPLICATION_JSON_VALUE,
                                        schema = @Schema(implementation = Invocation.class),
                                        examples =
                                                @ExampleObject(
                                                        name = "form",
                                                        value = "{\"inputs\": {\"window\": [[[0.1, 0.2]]]}}")),
                                @Content(mediaType = "text/csv", schema = @Schema(type = "string"))
                            }),
            responses = {
                @ApiResponse(
                        responseCode = "200",
                        description = "What the model says",
                        content =
                                @Content(
                                        mediaType = MediaType.APPLICATION_JSON_VALUE,
                                        schema = @Schema(implementation = Predictions.class))),
                @ApiResponse(
                        responseCode = "400",
                        description = "Wrong input",
                        content = @Content(schema = @Schema(implementation = InvocationFailure.class))),
                @ApiResponse(
                        responseCode = "404",
                        description = "No model is live",
                        content = @Content(schema = @Schema(implementation = InvocationFailure.class)))
            })
    @PostMapping(
            path = "/invocations",
            consumes = {MediaType.APPLICATION_JSON_VALUE, "text/csv"})
    ResponseEntity<byte[]> invocations(
            @RequestParam(name = "model", required = false)
                    @Parameter(
                            description =
                                    "Which model is asked where several are live, as \"params\": {\"model\": ...} says it in JSON",
                            schema = @Schema(type = "string", example = "price-1h"))
                    @Nullable String model,
            HttpServletRequest request)
            throws IOException {
        requireUtf8(request);
        byte[] body = request.getInputStream().readAllBytes();
        ScoringReader.Question question =
                isCsv(request) ? new ScoringReader.Question(null, ScoringCsv.read(body)) : ScoringReader.read(body);
        String name = name(model, question.model());
        LiveForecaster chosen = name == null ? inference.only() : inference.require(name, null);
        Inference.Answer answer =
                inference.ask(chosen, false, question.windows(), schema -> windows(schema, question.windows().length));
        AnsweredBy.note(
                request, answer.model().slot().model(), answer.model().version().version());
        return ResponseEntity.ok().contentType(MediaType.APPLICATION_JSON).body(json(answer));
    }

    private static @Nullable String name(@Nullable String ofQuery, @Nullable String ofBody) {
        if (ofQuery != null && ofBody != null && !ofQuery.equals(ofBody)) {
            throw new RefusedException(
                    400, "the query asks for model %s, params for %s: which is it?".formatted(ofQuery, ofBody));
        }
        return ofQuery == null ? ofBody : ofQuery;
    }

    private static void requireUtf8(HttpServletRequest request) {
        Charset charset = MediaType.parseMediaType(request.getContentType()).getCharset();
        if (charset != null && !charset.equals(StandardCharsets.UTF_8)) {
            throw new RefusedException(415, "the charset must be UTF-8, found " + charset);
        }
    }

    private static boolean isCsv(HttpServletRequest request) {
        return String.valueOf(request.getContentType()).startsWith("text/csv");
    }

    private static int windows(FeatureSchema schema, int numbers) {
        int size = schema.steps() * schema.width();
        int windows = numbers / size;
        if (numbers == 0 || numbers % size != 0 || windows > InferRequest.MOST_WINDOWS) {
            throw new RefusedException(
                    400,
                    "1 to %d windows of %d steps x %d features are taken, %d numbers each; found %d numbers"
                            .formatted(InferRequest.MOST_WINDOWS, schema.steps(), schema.width(), size, numbers));
        }
        return windows;
    }

    private static byte[] json(Inference.Answer answer) {
        int horizons = answer.model().manifest().shape().horizons().size();
        int levels = answer.model().manifest().shape().levels().size();
        float[] values = answer.quantiles();
        StringBuilder json = new StringBuilder(32 + 14 * values.length);
        json.append("{\"predictions\":{\"").append(OnnxForecaster.OUTPUT).append("\":[");
        for (int i = 0; i < values.length; i++) {
            boolean row = i % levels == 0;
            boolean window = i % (levels * horizons) == 0;
            json.append(i == 0 ? "" : ",").append(window ? "[" : "").append(row ? "[" : "");
            json.append(values[i]);
            json.append((i + 1) % levels == 0 ? "]" : "").append((i + 1) % (levels * horizons) == 0 ? "]" : "");
        }
        return json.append("]}}").toString().getBytes(StandardCharsets.US_ASCII);
    }
}
