package io.mlpool.serving;

import static org.assertj.core.api.Assertions.assertThat;

import io.mlpool.testing.SettableClock;
import io.mlpool.testing.TestDatabase;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The short way of /predict and the foreign protocols read bodies themselves. */
@Timeout(60)
class SlowQuestionTest {

    @ParameterizedTest
    @ValueSource(strings = {"/predict", "/v2/models/price-1h/infer", "/invocations"})
    void questionThatDoesNotComeToItsEndIsNotWaitedFor(String path, @TempDir Path folder) throws IOException {
        try (ServingServer server = ServingServer.start(
                TestDatabase.create(),
                folder,
                new SettableClock(Instant.parse("2026-01-01T00:00:00Z")),
                "server.tomcat.connection-timeout=300ms")) {
            server.promote();
            server.post("/models/reload", "");

            assertThat(ask(server.uri(path), "{")).startsWith("HTTP/1.1 408 ").contains("application/json");
        }
    }

    private static String ask(URI uri, String begun) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), uri.getPort())) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream()
                    .write(
                            "POST %s HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n%s"
                                    .formatted(uri.getPath(), begun)
                                    .getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        }
    }
}
