package io.mlpool.serving.prediction;

import io.mlpool.errors.InvalidRequestException;
import io.mlpool.errors.JsonReading;
import io.mlpool.security.AnsweredBy;
import io.mlpool.serving.experiment.TrafficSplits;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.validation.Valid;
import java.util.Iterator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** {@code POST /predict/batch}: each item is read on its own, so that one that makes no sense does not spoil the others. */
@RestController
@Tag(name = "predictions")
class BatchEndpoint {

    private final PredictionService service;
    private final TrafficSplits traffic;
    private final JsonReading json;

    BatchEndpoint(PredictionService service, TrafficSplits traffic, JsonReading json) {
        this.service = service;
        this.traffic = traffic;
        this.json = json;
    }

    @Operation(
            operationId = "predict_batch",
            summary = "Up to 1,000 predictions at once",
            description = "Answers in the order of the requests; each has a `prediction` or an `error`.",
            requestBody =
                    @io.swagger.v3.oas.annotations.parameters.RequestBody(
                            content =
                                    @Content(
                                            schema = @Schema(implementation = BatchRequest.class),
                                            examples =
                                                    @ExampleObject(
                                                            name = "two assets",
                                                            value =
                                                                    "{\"requests\": [{\"asset\": \"bitcoin\"}, {\"asset\": \"ethereum\", \"horizon\": \"1h\"}]}"))))
    @PostMapping("/predict/batch")
    BatchAnswer predict(@Valid @RequestBody BatchRequest batch, HttpServletRequest request) {
        SortedMap<Integer, Outcome> outcomes = new TreeMap<>();
        SortedMap<Integer, PredictionRequest> questions = new TreeMap<>();
        for (int i = 0; i < batch.requests().size(); i++) {
            try {
                questions.put(i, read(batch.requests().get(i)));
            } catch (InvalidRequestException e) {
                outcomes.put(i, new Outcome.Refused(e));
            }
        }
        Iterator<Outcome> answers = service.predict(List.copyOf(questions.values()), traffic.of(request))
                .iterator();
        questions.keySet().forEach(i -> outcomes.put(i, answers.next()));
        outcomes.values().forEach(outcome -> noteModel(outcome, request));
        return BatchAnswer.of(List.copyOf(outcomes.values()));
    }

    private static void noteModel(Outcome outcome, HttpServletRequest request) {
        if (outcome instanceof Outcome.Answered answered) {
            AnsweredBy.note(request, answered.model().name(), answered.model().version());
        }
    }

    private PredictionRequest read(JsonNode item) {
        if (!item.isObject()) {
            throw InvalidRequestException.of("dict_type", List.of("body"), "Input should be a valid object", null);
        }
        return json.read(item, PredictionRequest.class);
    }
}
