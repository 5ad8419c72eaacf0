package io.mlpool.serving.inference;

import io.mlpool.security.AnsweredBy;
import io.mlpool.serving.live.LiveForecaster;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

/** {@code POST /v2/models/{model}/infer}: windows in, quantiles out, in JSON or with binary tensors. */
@RestController
@Tag(name = "open inference protocol v2")
@ApiResponse(
        responseCode = "200",
        description = "What the model says",
        content =
                @Content(
                        mediaType = MediaType.APPLICATION_JSON_VALUE,
                        schema = @Schema(implementation = Protocol.InferReply.class)))
@ApiResponse(
        responseCode = "400",
        description = "Wrong input",
        content = @Content(schema = @Schema(implementation = Protocol.Failure.class)))
@ApiResponse(
        responseCode = "404",
        description = "Not live",
        content = @Content(schema = @Schema(implementation = Protocol.Failure.class)))
class InferenceEndpoint {

    private static final String JSON_LENGTH = "Inference-Header-Content-Length";
    private static final String EXAMPLE = """
            {"inputs": [{"name": "window", "shape": [1, 64, 54], "datatype": "FP32", "data": [0.1, 0.2]}],
             "outputs": [{"name": "calibrated_quantiles"}]}""";

    private final Inference inference;

    InferenceEndpoint(Inference inference) {
        this.inference = inference;
    }

    @Operation(
            operationId = "infer",
            summary = "Quantiles of the scaled return for windows of features",
            description =
                    "`quantiles` is what the graph says, `calibrated_quantiles` what /predict makes prices of. The input is"
                            + " `window` [N, steps, features], raw features as GET /v2/models/{model} tells, FP32, FP64 or INT64.",
            requestBody =
                    @RequestBody(
                            required = true,
                            content =
                                    @Content(
                                            mediaType = MediaType.APPLICATION_JSON_VALUE,
                                            schema = @Schema(implementation = Protocol.InferBody.class),
                                            examples = @ExampleObject(name = "form", value = EXAMPLE))))
    @PostMapping("/v2/models/{model}/infer")
    ResponseEntity<byte[]> infer(
            @PathVariable @Schema(example = "price-1h") String model,
            @RequestHeader(name = JSON_LENGTH, required = false) @Schema(hidden = true) @Nullable Integer jsonLength,
            HttpServletRequest request)
            throws IOException {
        return answer(inference.require(model, null), false, jsonLength, request);
    }

    @Operation(
            operationId = "infer_version",
            summary = "The same of a version that is live",
            requestBody =
                    @RequestBody(
                            required = true,
                            content =
                                    @Content(
                                            mediaType = MediaType.APPLICATION_JSON_VALUE,
                                            schema = @Schema(implementation = Protocol.InferBody.class))))
    @PostMapping("/v2/models/{model}/versions/{version}/infer")
    ResponseEntity<byte[]> inferVersion(
            @PathVariable @Schema(example = "price-1h") String model,
            @PathVariable @Schema(example = "1") String version,
            @RequestHeader(name = JSON_LENGTH, required = false) @Schema(hidden = true) @Nullable Integer jsonLength,
            HttpServletRequest request)
            throws IOException {
        return answer(inference.require(model, version), true, jsonLength, request);
    }

    private ResponseEntity<byte[]> answer(
            LiveForecaster chosen, boolean pinned, @Nullable Integer jsonLength, HttpServletRequest request)
            throws IOException {
        byte[] body = request.getInputStream().readAllBytes();
        InferRequest asked = InferReader.read(body, jsonLength == null ? body.length : jsonLength);
        Inference.Answer answer = inference.ask(chosen, pinned, asked.window(), asked::windows);
        AnsweredBy.note(
                request, answer.model().slot().model(), answer.model().version().version());
        InferAnswer written = InferAnswer.of(asked, answer);
        ResponseEntity.BodyBuilder ok = ResponseEntity.ok();
        return written.isBinary()
                ? ok.contentType(MediaType.APPLICATION_OCTET_STREAM)
                        .header(JSON_LENGTH, Integer.toString(written.jsonLength()))
                        .body(written.body())
                : ok.contentType(MediaType.APPLICATION_JSON).body(written.body());
    }
}
