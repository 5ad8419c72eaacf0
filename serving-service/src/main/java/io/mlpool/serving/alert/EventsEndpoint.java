package io.mlpool.serving.alert;

import io.mlpool.errors.InvalidRequestException;
import io.mlpool.errors.RefusedException;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;
import tools.jackson.databind.json.JsonMapper;

/** {@code GET /alerts/events}: every change as it happens. */
@RestController
@Tag(name = "alerts")
class EventsEndpoint {

    private static final int MOST_LISTENERS = 500;

    private final AlertFeed feed;
    private final JsonMapper json;

    EventsEndpoint(AlertFeed feed, JsonMapper json) {
        this.feed = feed;
        this.json = json;
    }

    @Operation(
            operationId = "stream_alert_events",
            summary = "Changes of alerts as server-sent events",
            description =
                    "Each has its number as `id`, the state as `event` and the change as `data`. With `Last-Event-ID` it goes on behind that number and misses nothing; without it begins now.",
            responses =
                    @ApiResponse(
                            responseCode = "200",
                            description = "A stream without an end",
                            content =
                                    @Content(
                                            mediaType = MediaType.TEXT_EVENT_STREAM_VALUE,
                                            schema = @Schema(type = "string"))))
    @GetMapping(path = "/alerts/events", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    SseEmitter events(
            @RequestHeader(name = "Last-Event-ID", required = false)
                    @Parameter(
                            description = "Number of the last event that is known",
                            schema = @Schema(type = "string", pattern = "^[0-9]{1,18}$"))
                    @Nullable String lastEventId) {
        Long last = lastEventId == null ? null : number(lastEventId);
        if (!feed.join(MOST_LISTENERS)) {
            throw RefusedException.unavailable(
                    "%d listen to this replica, which is the limit".formatted(MOST_LISTENERS), Duration.ofSeconds(30));
        }
        try {
            return EventStream.open(feed, json, last == null ? feed.now() : last);
        } catch (RuntimeException e) {
            feed.leave();
            throw e;
        }
    }

    private static long number(String lastEventId) {
        if (!lastEventId.matches("\\d{1,18}")) {
            throw InvalidRequestException.of(
                    "int_parsing",
                    List.of("header", "Last-Event-ID"),
                    "Input should be the id of an event of this stream",
                    lastEventId.length() <= 100 ? lastEventId : null);
        }
        return Long.parseLong(lastEventId);
    }
}
