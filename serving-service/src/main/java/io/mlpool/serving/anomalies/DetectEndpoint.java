package io.mlpool.serving.anomalies;

import io.mlpool.errors.RefusedException;
import io.mlpool.serving.anomaly.Finding;
import io.mlpool.serving.anomaly.StreamDetector;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** {@code POST /anomalies/detect}. */
@RestController
@Tag(name = "anomalies")
class DetectEndpoint {

    /** Each takes seconds of a core: more would leave none for those who want a forecast. */
    private static final int AT_ONCE = 2;

    private final Semaphore places = new Semaphore(AT_ONCE);

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
        if (!places.tryAcquire()) {
            throw RefusedException.tooMany("other series are looked at in this moment", Duration.ofSeconds(2));
        }
        try {
            return detect(request, stream);
        } finally {
            places.release();
        }
    }

    /** Yields, for virtual threads keep their core until they wait. */
    @SuppressWarnings("ThreadPriorityCheck")
    private static DetectAnswer detect(DetectRequest request, SentStream.Points stream) {
        StreamDetector detector = new StreamDetector(stream.settings());
        List<DetectAnswer.Found> found = new ArrayList<>();
        for (int i = 0; i < stream.points().length; i++) {
            Optional<Finding> finding = detector.next(stream.points()[i]);
            Thread.yield();
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
