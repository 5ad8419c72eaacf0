package io.mlpool.training.run;

import io.mlpool.errors.RefusedException;
import io.mlpool.training.pipeline.RunJson;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/** Runs over HTTP. */
@RestController
@Tag(name = "runs")
final class RunController {

    private final Trainings trainings;
    private final TrainingRuns runs;
    private volatile boolean stopping;

    RunController(Trainings trainings, TrainingRuns runs) {
        this.trainings = trainings;
        this.runs = runs;
    }

    @PostMapping("/runs")
    ResponseEntity<RunView> start(@RequestBody RunRequest request) {
        RunView run = trainings.start(request, Cause.REQUEST);
        return ResponseEntity.accepted()
                .location(URI.create("/runs/" + run.id()))
                .body(run);
    }

    @GetMapping("/runs")
    List<RunView> list(
            @RequestParam(required = false) @Nullable String model,
            @RequestParam(required = false) @Nullable String study,
            @RequestParam(defaultValue = "50") int limit) {
        return runs.latest(Optional.ofNullable(model), Optional.ofNullable(study), Math.clamp(limit, 1, 1000));
    }

    @GetMapping("/runs/{id}")
    RunView find(@PathVariable String id) {
        return trainings.find(id);
    }

    @PostMapping("/runs/{id}/cancel")
    RunView cancel(@PathVariable String id) {
        return trainings.cancel(id);
    }

    @GetMapping(path = "/runs/{id}/events", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    SseEmitter events(
            @PathVariable String id,
            @RequestHeader(name = "Last-Event-ID", required = false) @Nullable String lastEventId) {
        trainings.find(id);
        long after = after(lastEventId);
        return EventStream.open(
                id,
                (heard, idle) -> trainings.follow(id, after, event -> heard.accept(written(event)), idle),
                () -> stopping);
    }

    private static SseEmitter.SseEventBuilder written(RecordedEvent recorded) {
        return SseEmitter.event()
                .id(Long.toString(recorded.id()))
                .name(EventKind.of(recorded.event()).label())
                .data(RunJson.MAPPER.writeValueAsString(recorded.event()), MediaType.APPLICATION_JSON);
    }

    /** Comes before the web server waits for the requests that are under way. */
    @EventListener(ContextClosedEvent.class)
    void stop() {
        stopping = true;
    }

    private static long after(@Nullable String lastEventId) {
        try {
            return lastEventId == null ? 0 : Long.parseLong(lastEventId);
        } catch (NumberFormatException e) {
            throw new RefusedException(
                    400, "Last-Event-ID must be a number from this stream, found '%s'".formatted(lastEventId));
        }
    }
}
