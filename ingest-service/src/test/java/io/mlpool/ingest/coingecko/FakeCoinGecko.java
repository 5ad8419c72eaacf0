package io.mlpool.ingest.coingecko;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.function.Function;

/** A CoinGecko on this machine that says what it is told to say and remembers what it was asked. */
public final class FakeCoinGecko implements AutoCloseable {

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
    private final List<String> keys = new CopyOnWriteArrayList<>();
    private volatile Function<String, Answer> mind = path -> Answer.of(404, "{\"error\":\"coin not found\"}");

    public FakeCoinGecko() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/api/v3/", this::handle);
        server.start();
    }

    public URI root() {
        return URI.create(
                "http://127.0.0.1:%d/api/v3".formatted(server.getAddress().getPort()));
    }

    /** From now on answers each path (with query, without root) like this. */
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

    List<String> keys() {
        return keys;
    }

    private void handle(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().toString().substring("/api/v3/".length());
        asked.add(path);
        exchange.getRequestHeaders().forEach((name, values) -> {
            if (name.toLowerCase(Locale.ROOT).startsWith("x-cg")) {
                keys.add(name.toLowerCase(Locale.ROOT) + "=" + values.getFirst());
            }
        });
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
