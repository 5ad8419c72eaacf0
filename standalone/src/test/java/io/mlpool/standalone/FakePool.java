package io.mlpool.standalone;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

/** The services of a running pool as a command sees them: with the answers that a test puts there. */
final class FakePool implements AutoCloseable {

    private final HttpServer server;
    private final List<String> bodies = new CopyOnWriteArrayList<>();

    private FakePool(HttpServer server) {
        this.server = server;
    }

    /** All three services at one port. */
    static FakePool in(Path home) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        int port = server.getAddress().getPort();
        new PoolHome(home).tellAddress(new Ports(port, port, port, Set.of()), "", "");
        server.start();
        return new FakePool(server);
    }

    FakePool answering(String path, String json) {
        return answeringPost(path, json, json);
    }

    /** Where a POST is answered with something else than a GET. */
    FakePool answeringPost(String path, String post, String get) {
        server.createContext(path, exchange -> {
            bodies.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            String json = exchange.getRequestMethod().equals("POST") ? post : get;
            byte[] answer = json.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        return this;
    }

    /** Where each of the services is. */
    String url() {
        return "http://localhost:" + server.getAddress().getPort();
    }

    /** All that was sent, in order. */
    List<String> bodies() {
        return List.copyOf(bodies);
    }

    /** What was sent last. */
    String lastBody() {
        return bodies.getLast();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
