package io.mlpool.serving.anomalies;

import io.mlpool.serving.anomaly.Finding;
import io.mlpool.serving.anomaly.StreamDetector;
import io.mlpool.serving.load.QuestionsInProgress;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** {@code POST /anomalies/detect}. */
@RestController
@Tag(name = "anomalies")
class DetectEndpoint {

    private final QuestionsInProgress limit;

    DetectEndpoint(QuestionsInProgress limit) {
        this.limit = limit;
    }

    @Operation(
            operationId = "detect_anomalies",
            summary = "What is unlike what came before in a series of your own?",
            description =
                    "Goes through the points once, as if they came one after the other: each is judged by those before it. The"
                            + " first hundred and fifty or so only teach what is usual. Nothing is stored.",
            responses = @ApiResponse(responseCode = "200", description = "The anomalies, in the order of the points"))
    @PostMapping("/anomalies/detect")
    DetectAnswer detect(@RequestBody DetectRequest request) {
        SentStream.Points stream = SentStream.of(request);
        return limit.answer(() -> detect(request, stream));
    }

    private static DetectAnswer detect(DetectRequest request, SentStream.Points stream) {
        StreamDetector detector = new StreamDetector(stream.settings());
        List<DetectAnswer.Found> found = new ArrayList<>();
        for (int i = 0; i < stream.points().length; i++) {
            Optional<Finding> finding = detector.next(stream.points()[i]);
            if (finding.isPresent() && finding.get().grade() >= stream.minGrade()) {
                found.add(found(i, time(request, i), finding.get(), stream));
            }
        }
        return new DetectAnswer(
                stream.points().length, stream.settings().alarms().share(), found);
    }

    private static DetectAnswer.Found found(
            int index, @Nullable Instant at, Finding finding, SentStream.Points stream) {
        Map<String, Double> attribution = new LinkedHashMap<>();
        for (int i = 0; i < finding.shares().length; i++) {
            attribution.put(stream.settings().dimensions().get(i).name(), finding.shares()[i]);
        }
        return new DetectAnswer.Found(
                index,
                at,
                finding.grade(),
                finding.score(),
                finding.threshold(),
                stream.settings().dimensions().get(finding.dimension()).name(),
                finding.observed(),
                finding.expected(),
                attribution);
    }

    private static @Nullable Instant time(DetectRequest request, int index) {
        return request.times() == null ? null : request.times().get(index);
    }
}
