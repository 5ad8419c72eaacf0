package io.mlpool.mlflow;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;

/** Answers one request after the other as told, and then always like the last; remembers what it was asked. */
final class ScriptedServer implements AutoCloseable {

    private final HttpServer server;
    private final Deque<Answer> answers = new ArrayDeque<>();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final CountDownLatch closing = new CountDownLatch(1);
    private volatile String version = "3.17.2";

    ScriptedServer() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::answer);
        server.start();
    }

    /** @param declared length of the body as the header says it; more than there is breaks off, see {@link #HANG} */
    record Answer(int status, String body, Map<String, String> headers, long declared) {

        static Answer json(int status, String body) {
            return new Answer(status, body, Map.of("Content-Type", "application/json"), body.length());
        }

        static Answer text(int status, String body) {
            return new Answer(status, body, Map.of("Content-Type", "text/plain"), body.length());
        }
    }

    /** Sends a header and half a body, and nothing more until the server is closed. */
    static final Answer HANG = new Answer(200, "{", Map.of(), 100);

    ScriptedServer version(String version) {
        this.version = version;
        return this;
    }

    ScriptedServer then(Answer answer) {
        answers.add(answer);
        return this;
    }

    URI uri() {
        return URI.create("http://localhost:" + server.getAddress().getPort());
    }

    /** Method and path of each request but those for the version. */
    List<String> requests() {
        return requests;
    }

    private void answer(HttpExchange exchange) throws IOException {
        String request =
                exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath();
        exchange.getRequestBody().readAllBytes();
        Answer answer = request.equals("GET /version") ? Answer.text(200, version) : next(request);
        answer.headers().forEach(exchange.getResponseHeaders()::set);
        exchange.sendResponseHeaders(answer.status(), answer.declared());
        exchange.getResponseBody().write(answer.body().getBytes(StandardCharsets.UTF_8));
        exchange.getResponseBody().flush();
        if (answer.equals(HANG)) {
            waitForTheEnd();
        }
        exchange.close();
    }

    private synchronized Answer next(String request) {
        requests.add(request);
        return answers.size() > 1 ? answers.remove() : answers.element();
    }

    private void waitForTheEnd() {
        try {
            closing.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        closing.countDown();
        server.stop(0);
    }
}
