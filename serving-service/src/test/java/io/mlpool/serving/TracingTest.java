package io.mlpool.serving;

import static io.mlpool.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.mlpool.registry.Alias;
import io.mlpool.registry.FolderRegistry;
import io.mlpool.testing.ConstantModel;
import io.mlpool.testing.TestDatabase;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A service in a process of its own, with structured logs and a collector of traces. */
class TracingTest {

    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";

    private final TestDatabase database = TestDatabase.create();
    private final List<byte[]> received = new CopyOnWriteArrayList<>();

    @TempDir
    private Path folder;

    @SuppressWarnings("NullAway.Init")
    private HttpServer collector;

    @BeforeEach
    void makeAModelAndACollector() throws IOException {
        new TestMarket(database).add("bitcoin", "btc", 400);
        FolderRegistry registry = new FolderRegistry(folder.resolve("registry"));
        registry.register(ConstantModel.bundle(folder.resolve("bundle"), "run-1"), Map.of());
        registry.assign("price-1h", Alias.CHAMPION, 1);
        collector = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        collector.createContext("/v1/traces", call -> {
            received.add(call.getRequestBody().readAllBytes());
            call.sendResponseHeaders(200, -1);
            call.close();
        });
        collector.start();
    }

    @AfterEach
    void stop() {
        collector.stop(0);
    }

    @Test
    void aCallersTraceGoesOnHereAndStandsInTheLog() {
        try (ServingProcess service = ServingProcess.start(
                database,
                folder,
                "logging.structured.format.console=ecs",
                "management.opentelemetry.tracing.export.otlp.endpoint=http://localhost:%d/v1/traces"
                        .formatted(collector.getAddress().getPort()))) {
            service.send(service.request("/models/price-1h/aliases/challenger")
                    .header("Content-Type", "application/json")
                    .header("X-Request-ID", "request-of-a-test")
                    .header("traceparent", "00-%s-00f067aa0ba902b7-01".formatted(TRACE))
                    .POST(BodyPublishers.ofString("{\"version\": 1}")));

            assertThat(service.log().lines().filter(line -> line.contains("challenger is live")))
                    .singleElement()
                    .asString()
                    .startsWith("{")
                    .contains(
                            "\"trace.id\":\"" + TRACE + "\"",
                            "\"http.request.id\":\"request-of-a-test\"",
                            "\"serving-service\"");
            eventually(() -> assertThat(received.stream().map(TracingTest::text))
                    .anyMatch(sent -> sent.contains("http post /models/{name}/aliases/{alias}")
                            && sent.contains("serving-service")
                            && sent.contains(text(HexFormat.of().parseHex(TRACE)))));
        }
    }

    /** Each byte as a character: protobuf holds texts as they are. */
    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }
}
