package io.mlpool.serving.alert;

import io.mlpool.serving.alert.state.AlertEvent;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.springframework.dao.DataAccessException;
import org.springframework.http.MediaType;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;
import tools.jackson.databind.json.JsonMapper;

/** Server-sent events for one listener, which waits on a virtual thread; a client that comes back goes on after the last event it got. */
final class EventStream {

    /** Without an event, after which a comment shows whether the client is still there. */
    private static final Duration QUIET = Duration.ofSeconds(15);

    private final SseEmitter emitter = new SseEmitter(0L);
    private final AlertFeed feed;
    private final JsonMapper json;

    private EventStream(AlertFeed feed, JsonMapper json) {
        this.feed = feed;
        this.json = json;
    }

    /** @param after number of the last event that the client has */
    static SseEmitter open(AlertFeed feed, JsonMapper json, long after) {
        EventStream stream = new EventStream(feed, json);
        Thread.ofVirtual().name("alert events").start(() -> stream.run(after));
        return stream.emitter;
    }

    private void run(long after) {
        try {
            follow(after);
            emitter.complete();
        } catch (IOException | IllegalStateException nobodyListensAnyMore) {
            emitter.complete();
        } catch (DataAccessException databaseIsAway) {
            emitter.complete();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            emitter.complete();
        } finally {
            feed.leave();
        }
    }

    private void follow(long after) throws IOException, InterruptedException {
        emitter.send(SseEmitter.event().comment("listening"));
        long last = after;
        while (!feed.isEnded()) {
            List<AlertEvent> events = feed.after(last, QUIET);
            if (events.isEmpty() && !feed.isEnded()) {
                emitter.send(SseEmitter.event().comment("waiting"));
            }
            for (AlertEvent event : events) {
                emitter.send(SseEmitter.event()
                        .id(Long.toString(event.number()))
                        .name(event.state().label())
                        .data(json.writeValueAsString(event), MediaType.APPLICATION_JSON));
                last = event.number();
            }
        }
    }
}
