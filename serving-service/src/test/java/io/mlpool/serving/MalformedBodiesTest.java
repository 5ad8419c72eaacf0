package io.mlpool.serving;

import static io.mlpool.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.mlpool.testing.SettableClock;
import io.mlpool.testing.TestDatabase;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ten thousand bodies that nobody should send, the same ones each time. */
class MalformedBodiesTest {

    private static final int BODIES = 10_000;
    private static final List<String> PATHS =
            List.of("/predict", "/predict/batch", "/models/price-1h/aliases/champion");
    private static final List<String> TYPES = List.of(
            "application/json",
            "application/json",
            "application/json",
            "text/plain",
            "application/x-www-form-urlencoded",
            "multipart/form-data; boundary=x",
            "application/json;charset=utf-16",
            "nonsense");
    private static final List<String> NAMES = List.of(
            "asset",
            "interval",
            "horizon",
            "candles",
            "open_time",
            "time",
            "open",
            "high",
            "low",
            "close",
            "volume",
            "requests",
            "version",
            "",
            "\\u0000",
            "__proto__",
            "Asset");
    private static final List<String> SCALARS = List.of(
            "null",
            "true",
            "0",
            "-1",
            "1e999",
            "-1e-999",
            "NaN",
            "Infinity",
            "99999999999999999999999999",
            "0.1",
            "\"\"",
            "\"bitcoin\"",
            "\"BTCUSDT\"",
            "\"1h\"",
            "\"24h\"",
            "\"99999d\"",
            "\"2024-05-01T00:00:00Z\"",
            "\"-999999999-01-01T00:00:00Z\"",
            "\"\\ud800\"",
            "\"%s\"",
            "\"'; DROP TABLE candle; --\"",
            "\"../..\"",
            "01",
            "+1",
            "'x'",
            "1e",
            "\"\u0001\"",
            "1714521600",
            "-62135596801");

    @Test
    void malformedBodiesNeverMakeTheServerFail(@TempDir Path folder) {
        TestDatabase database = TestDatabase.create();
        Instant close = new TestMarket(database).add("bitcoin", "btc", 400);
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(20261121);
        try (ServingServer server = ServingServer.start(database, folder, new SettableClock(close))) {
            server.promote();
            eventually(() -> assertThat(server.get("/health").statusCode()).isEqualTo(200));
            for (int i = 0; i < BODIES; i++) {
                byte[] body = body(random);
                HttpResponse<String> response = server.send(HttpRequest.newBuilder(server.uri(any(random, PATHS)))
                        .header("Content-Type", any(random, TYPES))
                        .POST(BodyPublishers.ofByteArray(body)));
                assertThat(response.statusCode())
                        .as(() -> "body %s%n%s".formatted(new String(body, StandardCharsets.UTF_8), response.body()))
                        .isBetween(200, 499);
                if (response.statusCode() >= 400) {
                    assertThat(response.body()).startsWith("{\"detail\":");
                }
            }
        }
    }

    private static byte[] body(RandomGenerator random) {
        byte[] body = value(random, 0).getBytes(StandardCharsets.UTF_8);
        return switch (random.nextInt(8)) {
            case 0 -> cut(random, body);
            case 1 -> noise(random, body);
            case 2 -> ("[".repeat(random.nextInt(2000)) + value(random, 0)).getBytes(StandardCharsets.UTF_8);
            case 3 -> question(random).getBytes(StandardCharsets.UTF_16);
            case 4, 5, 6 -> question(random).getBytes(StandardCharsets.UTF_8);
            default -> body;
        };
    }

    /** Nearly right: known names, values that may not fit. */
    private static String question(RandomGenerator random) {
        String candles = IntStream.range(0, random.nextInt(4))
                .mapToObj(i -> "{\"time\":%s,\"close\":%s}".formatted(any(random, SCALARS), any(random, SCALARS)))
                .collect(Collectors.joining(",", "[", "]"));
        String question = "{\"asset\":%s,\"horizon\":%s,\"candles\":%s}"
                .formatted(any(random, SCALARS), any(random, SCALARS), random.nextBoolean() ? candles : "null");
        return random.nextBoolean() ? question : "{\"requests\":[%s,%s]}".formatted(question, value(random, 2));
    }

    private static String value(RandomGenerator random, int depth) {
        return switch (depth > 4 ? 0 : random.nextInt(4)) {
            case 0, 1 -> any(random, SCALARS);
            case 2 ->
                IntStream.range(0, random.nextInt(4))
                        .mapToObj(i -> value(random, depth + 1))
                        .collect(Collectors.joining(",", "[", "]"));
            default ->
                IntStream.range(0, random.nextInt(5))
                        .mapToObj(i -> "\"%s\":%s".formatted(any(random, NAMES), value(random, depth + 1)))
                        .collect(Collectors.joining(",", "{", "}"));
        };
    }

    private static byte[] cut(RandomGenerator random, byte[] body) {
        return java.util.Arrays.copyOf(body, random.nextInt(body.length + 1));
    }

    private static byte[] noise(RandomGenerator random, byte[] body) {
        for (int i = 0; i < 1 + body.length / 8; i++) {
            if (body.length > 0) {
                body[random.nextInt(body.length)] = (byte) random.nextInt(256);
            }
        }
        return body;
    }

    private static <T> T any(RandomGenerator random, List<T> values) {
        return values.get(random.nextInt(values.size()));
    }
}
