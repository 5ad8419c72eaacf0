package io.mlpool.standalone.bench;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/** Clients that ask without a pause until closed, and count what went wrong. */
final class Traffic implements AutoCloseable {

    private final Calls calls = new Calls();
    private final List<Thread> clients = new ArrayList<>();
    private final AtomicLong answered = new AtomicLong();
    private final AtomicLong failed = new AtomicLong();
    private volatile boolean running = true;

    /** Starts a client for each of these requests. */
    Traffic(List<Supplier<HttpRequest>> requests) {
        requests.forEach(request -> clients.add(Thread.ofVirtual().start(() -> ask(request))));
    }

    long answered() {
        return answered.get();
    }

    long failed() {
        return failed.get();
    }

    @Override
    public void close() {
        running = false;
        for (Thread client : clients) {
            try {
                client.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void ask(Supplier<HttpRequest> request) {
        while (running) {
            try {
                boolean good = calls.send(request.get()).statusCode() == 200;
                (good ? answered : failed).incrementAndGet();
            } catch (IOException e) {
                failed.incrementAndGet();
            }
        }
    }
}
