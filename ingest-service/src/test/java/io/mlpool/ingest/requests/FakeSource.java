package io.mlpool.ingest.requests;

import com.sun.net.httpserver.Headers;
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

/** A source on this machine that says what it is told to say and remembers what it was asked. */
public class FakeSource implements AutoCloseable {

    public record Answer(int status, String body, Map<String, String> headers, int promisedTooMuch) {

        public static Answer of(int status, String body) {
            return new Answer(status, body, Map.of(), 0);
        }

        public static Answer with(int status, String header, String value) {
            return new Answer(status, "", Map.of(header, value), 0);
        }

        /** Hangs up before the end. */
        public static Answer brokenOff(String body) {
            return new Answer(200, body, Map.of(), 100);
        }
    }

    private final HttpServer server;
    private final String path;
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private volatile Function<String, Answer> mind;

    /**
     * A source that knows nothing yet.
     *
     * @param path of its root, {@code /api}
     * @param unknown body of its 404
     */
    @SuppressWarnings("this-escape") // subclasses hear nothing before they are made: nobody knows the port yet
    protected FakeSource(String path, String unknown) {
        this.path = path;
        this.mind = any -> Answer.of(404, unknown);
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext(path + "/", this::handle);
        server.start();
    }

    public URI root() {
        return URI.create("http://127.0.0.1:%d%s".formatted(server.getAddress().getPort(), path));
    }

    /** From now on answers each path (with query, without root) like this. */
    public void says(Function<String, Answer> answers) {
        mind = answers;
    }

    /** Answers in this order, the last one for ever. */
    public void saysInTurn(Answer... answers) {
        int before = asked.size();
        mind = any -> answers[Math.min(asked.size() - before, answers.length) - 1];
    }

    public List<String> asked() {
        return asked;
    }

    /** Sees what came along with a question. */
    protected void heard(Headers headers) {}

    private void handle(HttpExchange exchange) throws IOException {
        String question = exchange.getRequestURI().toString().substring(path.length() + 1);
        heard(exchange.getRequestHeaders());
        asked.add(question);
        Answer answer = mind.apply(question);
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
