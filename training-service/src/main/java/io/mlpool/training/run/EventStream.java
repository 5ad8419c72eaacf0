package io.mlpool.training.run;

import io.mlpool.training.pipeline.RunJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.function.BooleanSupplier;
import org.springframework.http.MediaType;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/** Server-sent events of a run until it is over; a client that comes back goes on after the last event it got. */
final class EventStream {

    /** Looks without an event after which a comment shows whether the client is still there. */
    private static final int QUIET = 60;

    private final SseEmitter emitter = new SseEmitter(0L);
    private final BooleanSupplier stopping;
    private int quiet;

    private EventStream(BooleanSupplier stopping) {
        this.stopping = stopping;
    }

    /** @param stopping whether the service ends: an open stream would hold it up */
    static SseEmitter open(Trainings trainings, String runId, long after, BooleanSupplier stopping) {
        EventStream stream = new EventStream(stopping);
        Thread.ofVirtual().name("events of " + runId).start(() -> stream.run(trainings, runId, after));
        return stream.emitter;
    }

    private void run(Trainings trainings, String runId, long after) {
        try {
            trainings.follow(runId, after, this::send, this::idle);
            emitter.send(SseEmitter.event().name("end").data("{}", MediaType.APPLICATION_JSON));
            emitter.complete();
        } catch (StoppingException | IOException | UncheckedIOException nobodyListensAnyMore) {
            emitter.complete();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            emitter.complete();
        } catch (RuntimeException e) {
            emitter.completeWithError(e);
        }
    }

    private void send(RecordedEvent recorded) {
        quiet = 0;
        send(SseEmitter.event()
                .id(Long.toString(recorded.id()))
                .name(EventKind.of(recorded.event()).label())
                .data(RunJson.MAPPER.writeValueAsString(recorded.event()), MediaType.APPLICATION_JSON));
    }

    private void idle() {
        if (stopping.getAsBoolean()) {
            throw new StoppingException();
        }
        if (++quiet % QUIET == 0) {
            send(SseEmitter.event().comment("waiting"));
        }
    }

    private void send(SseEmitter.SseEventBuilder event) {
        try {
            emitter.send(event);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The stream ends in the middle of the run; its client may come back and go on. */
    private static final class StoppingException extends RuntimeException {}
}
