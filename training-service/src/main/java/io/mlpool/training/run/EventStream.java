package io.mlpool.training.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.springframework.http.MediaType;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/** Server-sent events of something that goes on elsewhere, until it is over: then comes one called {@code end}. */
public final class EventStream {

    /** Looks without an event after which a comment shows whether the client is still there. */
    private static final int QUIET = 60;

    private final SseEmitter emitter = new SseEmitter(0L);
    private final BooleanSupplier stopping;
    private int quiet;

    private EventStream(BooleanSupplier stopping) {
        this.stopping = stopping;
    }

    /** Where events come from. */
    @FunctionalInterface
    public interface Source {

        /**
         * Gives each event as it comes, and returns when all is over.
         *
         * @param idle is called a few times a second while nothing happens
         * @throws InterruptedException when the thread is to stop waiting
         */
        void follow(Consumer<SseEmitter.SseEventBuilder> heard, Runnable idle) throws InterruptedException;
    }

    /**
     * Opens one.
     *
     * @param stopping whether the service ends: an open stream would hold it up
     */
    public static SseEmitter open(String of, Source source, BooleanSupplier stopping) {
        EventStream stream = new EventStream(stopping);
        Thread.ofVirtual().name("events of " + of).start(() -> stream.run(source));
        return stream.emitter;
    }

    private void run(Source source) {
        try {
            source.follow(this::hear, this::idle);
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

    private void hear(SseEmitter.SseEventBuilder event) {
        quiet = 0;
        send(event);
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

    /** The stream ends in the middle; its client may come back and go on. */
    private static final class StoppingException extends RuntimeException {}
}
