package io.mlpool.ingest.defillama;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.function.Function;

/** A DefiLlama on this machine that says what it is told to say and remembers what it was asked. */
public final class FakeDefiLlama implements AutoCloseable {

    public record Answer(int status, String body, Map<String, String> headers, int promisedTooMuch) {

        public static Answer of(int status, String body) {
            return new Answer(status, body, Map.of(), 0);
        }

        static Answer with(int status, String header, String value) {
            return new Answer(status, "", Map.of(header, value), 0);
        }

        /** Hangs up before the end. */
        static Answer brokenOff(String body) {
            return new Answer(200, body, Map.of(), 100);
        }
    }

    private final HttpServer server;
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private volatile Function<String, Answer> mind = path -> Answer.of(404, "{\"message\":\"Not Found\"}");

    public FakeDefiLlama() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/secret-key/api/", this::handle);
        server.start();
    }

    /** With a key in its path, as that of the paid plan has. */
    public URI root() {
        return URI.create("http://127.0.0.1:%d/secret-key/api"
                .formatted(server.getAddress().getPort()));
    }

    /** From now on answers each path (without root) like this. */
    public void says(Function<String, Answer> answers) {
        mind = answers;
    }

    /** Answers in this order, the last one for ever. */
    void saysInTurn(Answer... answers) {
        int before = asked.size();
        mind = path -> answers[Math.min(asked.size() - before, answers.length) - 1];
    }

    public List<String> asked() {
        return asked;
    }

    private void handle(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().toString().substring("/secret-key/api/".length());
        asked.add(path);
        Answer answer = mind.apply(path);
        byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
        answer.headers().forEach(exchange.getResponseHeaders()::set);
        exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length + answer.promisedTooMuch());
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
