package io.mlpool.serving.prediction;

import io.mlpool.security.AnsweredBy;
import io.mlpool.serving.experiment.TrafficSplits;
import io.mlpool.serving.forecast.Prediction;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** {@code POST /predict}. */
@RestController
@Tag(name = "predictions")
class PredictionEndpoint {

    private final PredictionService service;
    private final TrafficSplits traffic;

    PredictionEndpoint(PredictionService service, TrafficSplits traffic) {
        this.service = service;
        this.traffic = traffic;
    }

    @Operation(
            summary = "Where may a price go, and how sure is that?",
            description =
                    "For a known asset (GET /assets) the forecast of its newest candle. With `candles`, oldest first, the"
                            + " forecast of a series that the pool does not hold.",
            requestBody =
                    @io.swagger.v3.oas.annotations.parameters.RequestBody(
                            content =
                                    @Content(
                                            schema = @Schema(implementation = PredictionRequest.class),
                                            examples =
                                                    @ExampleObject(
                                                            name = "bitcoin in 24 hours",
                                                            value =
                                                                    "{\"asset\": \"bitcoin\", \"interval\": \"1h\", \"horizon\": \"24h\"}"))),
            responses = {
                @ApiResponse(
                        responseCode = "200",
                        content = @Content(schema = @Schema(implementation = Prediction.class))),
                @ApiResponse(responseCode = "404", description = "Unknown asset", content = @Content),
                @ApiResponse(responseCode = "409", description = "Too short a history", content = @Content),
                @ApiResponse(responseCode = "422", description = "Wrong input", content = @Content),
                @ApiResponse(responseCode = "503", description = "No model is live yet", content = @Content)
            })
    @PostMapping(path = "/predict", produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<byte[]> predict(@RequestBody PredictionRequest question, HttpServletRequest request) {
        Outcome.Answered answer = service.predict(question, traffic.of(request)).orThrow();
        AnsweredBy.note(request, answer.model().name(), answer.model().version());
        return ResponseEntity.ok().contentType(MediaType.APPLICATION_JSON).body(answer.prediction());
    }
}
