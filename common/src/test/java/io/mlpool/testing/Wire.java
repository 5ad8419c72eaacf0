package io.mlpool.testing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;

/** A wire to an HTTP server that can be made bad: what passes is remembered, and each request meets the fate it is given. */
public final class Wire implements AutoCloseable {

    /** What becomes of a request. */
    public enum Fate {
        /** It is answered. */
        PASS,
        /** It never arrives. */
        LOST,
        /** It is carried out, but the answer never arrives. */
        UNANSWERED,
        /** The answer breaks off in its middle. */
        HALVED,
        /** It is taken, and then nothing happens for as long as the wire or the caller has patience. */
        SLOW,
        /** It is answered with 500. */
        FAILED,
        /** It is answered as MLflow answers who it does not know. */
        DENIED
    }

    /** Decides by method and path: {@code PUT /api/...}. */
    @FunctionalInterface
    public interface Weather {
        Fate of(String request);
    }

    private static final Set<String> OURS = Set.of("host", "connection", "content-length", "expect", "upgrade");

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final HttpServer server;
    private final CountDownLatch closing = new CountDownLatch(1);
    private volatile URI target;
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private volatile Weather weather = request -> Fate.PASS;

    public Wire(URI target) {
        this.target = target;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::carry);
        server.start();
    }

    public URI uri() {
        return URI.create("http://localhost:" + server.getAddress().getPort());
    }

    public void weather(Weather weather) {
        this.weather = weather;
    }

    /** Leads to another server from now on. */
    public void leadTo(URI server) {
        target = server;
    }

    /** Method and path of every request so far. */
    public List<String> requests() {
        return List.copyOf(requests);
    }

    private void carry(HttpExchange exchange) throws IOException {
        String request =
                exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath();
        byte[] body = exchange.getRequestBody().readAllBytes();
        requests.add(request);
        Fate fate = weather.of(request);
        if (fate == Fate.DENIED) {
            exchange.sendResponseHeaders(401, -1);
        } else if (fate == Fate.FAILED) {
            exchange.sendResponseHeaders(500, -1);
        } else if (fate == Fate.SLOW) {
            waitForTheEnd();
        } else if (fate != Fate.LOST) {
            HttpResponse<byte[]> answer = forward(exchange, body);
            if (fate != Fate.UNANSWERED) {
                answer.headers().firstValue("Content-Type").ifPresent(type -> exchange.getResponseHeaders()
                        .set("Content-Type", type));
                exchange.sendResponseHeaders(
                        answer.statusCode(), answer.body().length == 0 ? -1 : answer.body().length);
                exchange.getResponseBody()
                        .write(answer.body(), 0, fate == Fate.HALVED ? answer.body().length / 2 : answer.body().length);
            }
        }
        exchange.close();
    }

    private void waitForTheEnd() {
        try {
            closing.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private HttpResponse<byte[]> forward(HttpExchange exchange, byte[] body) throws IOException {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        target.resolve(exchange.getRequestURI().toString()))
                .method(exchange.getRequestMethod(), BodyPublishers.ofByteArray(body));
        exchange.getRequestHeaders().forEach((name, values) -> {
            if (!OURS.contains(name.toLowerCase(java.util.Locale.ROOT))) {
                values.forEach(value -> request.header(name, value));
            }
        });
        try {
            return client.send(request.build(), BodyHandlers.ofByteArray());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    @Override
    public void close() {
        closing.countDown();
        server.stop(0);
        client.close();
    }
}
