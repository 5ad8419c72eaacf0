package io.mlpool.serving;

import static io.mlpool.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.mlpool.testing.RealPython;
import io.mlpool.testing.SettableClock;
import io.mlpool.testing.TestDatabase;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A program that knows nothing but {@code /openapi.json} calls everything, rightly and wrongly, and compares. */
class SchemathesisTest {

    /**
     * Called when all others were. The first empties the slot that all forecasts come from. The others keep the
     * record of what they end, which the check of a sequence of calls would take for something that should have gone.
     */
    private static final List<String> LAST = List.of("remove_alias", "cancel_batch_job", "revoke");

    @TempDir
    private Path folder;

    /**
     * A way to be let in.
     *
     * @param properties of the service, {@code name=value}
     * @param headers that each request is sent with, {@code Name: value}
     */
    record Access(String name, List<String> properties, List<String> headers) {

        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Access> ways() {
        return Stream.of(new Access("open", List.of(), List.of()));
    }

    @ParameterizedTest
    @MethodSource("ways")
    void serviceDoesWhatItsManualSays(Access access) {
        RealPython python = RealPython.with("/python/schemathesis.txt");
        try (ServingServer server = start(access)) {
            requireNoFailure(python, server, access, "--exclude-operation-id", "examples,coverage,fuzzing,stateful");
            requireNoFailure(python, server, access, "--include-operation-id", "examples,coverage,fuzzing");
        }
    }

    private ServingServer start(Access access) {
        TestDatabase database = TestDatabase.create();
        TestMarket market = new TestMarket(database);
        Instant close = market.add("bitcoin", "btc", 400);
        market.add("ethereum", "eth", 400);
        market.add("newcoin", "new", 3);
        ServingServer server = ServingServer.start(
                database, folder, new SettableClock(close), access.properties().toArray(String[]::new));
        server.promote();
        server.register();
        eventually(() -> assertThat(server.get("/health").statusCode()).isEqualTo(200));
        return server;
    }

    private static void requireNoFailure(
            RealPython python, ServingServer server, Access access, String lastOnes, String phases) {
        List<String> arguments = new ArrayList<>(List.of("--config-file", configuration(), "run"));
        arguments.add(server.uri("/openapi.json").toString());
        arguments.addAll(List.of("--checks", "all", "--seed", "20260131", "--max-examples", "15", "--workers", "1"));
        arguments.addAll(List.of("--phases", phases, "--no-color"));
        LAST.forEach(operation -> arguments.addAll(List.of(lastOnes, operation)));
        access.headers().forEach(header -> arguments.addAll(List.of("--header", header)));

        RealPython.Answer answer = python.run("schemathesis", arguments);

        assertThat(answer.exitCode()).as(answer.output()).isZero();
    }

    private static String configuration() {
        URL resource = Objects.requireNonNull(SchemathesisTest.class.getResource("/schemathesis/schemathesis.toml"));
        try {
            return Path.of(resource.toURI()).toString();
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
