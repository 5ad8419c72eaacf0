package io.mlpool.serving;

import static io.mlpool.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.mlpool.encryption.StoredFolder;
import io.mlpool.registry.Alias;
import io.mlpool.registry.ModelVersion;
import io.mlpool.security.KeyRequest;
import io.mlpool.security.Keys;
import io.mlpool.security.Scope;
import io.mlpool.testing.RealPython;
import io.mlpool.testing.SettableClock;
import io.mlpool.testing.TestDatabase;
import io.mlpool.testing.TestRiskModel;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A program that knows nothing but {@code /openapi.json} calls everything, rightly and wrongly, and compares. */
class SchemathesisTest {

    /**
     * Called when all others were. The first empties the slot that all forecasts come from. The others keep the
     * record of what they end, which the check of a sequence of calls would take for something that should have gone.
     */
    private static final List<String> LAST = List.of("remove_alias", "cancel_batch_job", "revoke");

    @TempDir
    private Path folder;

    @Test
    void serviceDoesWhatItsManualSays() {
        requireNoFailure(TestDatabase.create(), List.of(), "mlpool.security.mode=open");
    }

    /** It also leaves the key away and sends wrong ones, and wants to be turned away then. */
    @Test
    void serviceThatAsksForKeysDoesWhatItsManualSays() {
        TestDatabase database = TestDatabase.create();
        String key = Keys.in(database.dataSource(), Clock.systemUTC())
                .create(new KeyRequest("schemathesis", EnumSet.allOf(Scope.class), null, null), "test")
                .text();

        requireNoFailure(
                database,
                List.of("X-API-Key: " + key),
                "mlpool.security.mode=api-key",
                "mlpool.security.rate.per-key=0",
                "mlpool.security.rate.per-address=0");
    }

    private void requireNoFailure(TestDatabase database, List<String> headers, String... properties) {
        RealPython python = RealPython.with("/python/schemathesis.txt");
        try (ServingServer server = start(database, properties)) {
            requireNoFailure(python, server, headers, "--exclude-operation-id", "examples,coverage,fuzzing,stateful");
            requireNoFailure(python, server, headers, "--include-operation-id", "examples,coverage,fuzzing");
        }
    }

    private ServingServer start(TestDatabase database, String... properties) {
        TestMarket market = new TestMarket(database);
        Instant close = market.add("bitcoin", "btc", 400);
        market.add("ethereum", "eth", 400);
        market.add("newcoin", "new", 3);
        ServingServer server = ServingServer.start(database, folder, new SettableClock(close), properties);
        server.promote();
        server.register();
        ModelVersion risk = server.registry()
                .register(
                        TestRiskModel.bundle(
                                        StoredFolder.plain(folder.resolve("risk-" + properties[0].hashCode())),
                                        "risk-7d",
                                        "risk-run")
                                .bundle(),
                        Map.of());
        server.registry().assign("risk-7d", Alias.CHAMPION, risk.version());
        eventually(() -> assertThat(server.get("/health").statusCode()).isEqualTo(200));
        return server;
    }

    private static void requireNoFailure(
            RealPython python, ServingServer server, List<String> headers, String lastOnes, String phases) {
        List<String> arguments = new ArrayList<>(List.of("--config-file", configuration(), "run"));
        arguments.add(server.uri("/openapi.json").toString());
        arguments.addAll(List.of("--checks", "all", "--seed", "20260131", "--max-examples", "15", "--workers", "1"));
        arguments.addAll(List.of("--phases", phases, "--no-color"));
        LAST.forEach(operation -> arguments.addAll(List.of(lastOnes, operation)));
        headers.forEach(header -> arguments.addAll(List.of("--header", header)));

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
