package io.mlpool.serving;

import static io.mlpool.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.mlpool.testing.ConstantModel;
import io.mlpool.testing.RealMlflow;
import io.mlpool.testing.RealPython;
import io.mlpool.testing.SettableClock;
import io.mlpool.testing.TestDatabase;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Clients of other servers, unchanged and as their documentation uses them, are answered as by those servers. */
class ForeignClientsTest {

    private static final String STEPS = Integer.toString(ConstantModel.FEATURES.steps());
    private static final String WIDTH = Integer.toString(ConstantModel.FEATURES.width());

    private static ServingServer server;

    @BeforeAll
    static void start(@TempDir Path folder) {
        TestDatabase database = TestDatabase.create();
        SettableClock clock = new SettableClock(new TestMarket(database).add("bitcoin", "btc", 400));
        server = ServingServer.start(database, folder, clock);
        server.promote();
        eventually(() -> assertThat(server.get("/health").statusCode()).isEqualTo(200));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void tritonsClientIsAnsweredInBinaryAndInJson() {
        JsonNode found =
                ask(RealPython.with("/python/clients.txt"), "triton_client.py", authority(), "price-1h", STEPS, WIDTH);

        assertThat(List.of(found.at("/live"), found.at("/ready"), found.at("/model_ready")))
                .allSatisfy(yes -> assertThat(yes.asBoolean()).isTrue());
        assertThat(found.at("/other_ready").asBoolean()).isFalse();
        assertThat(found.at("/server").asString()).isEqualTo("mlpool");
        assertThat(found.at("/input/shape").toString()).isEqualTo("[-1,%s,%s]".formatted(STEPS, WIDTH));
        assertThat(found.at("/index").toString()).isEqualTo("[\"READY\"]");
        assertThat(found.at("/binary")).hasSize(2).isEqualTo(found.at("/json")).isEqualTo(found.at("/all"));
        assertGolden(found.at("/binary/1"));
        assertThat(found.at("/refusal").asString()).contains("must have shape [N, %s, %s]".formatted(STEPS, WIDTH));
    }

    @Test
    void kservesClientIsAnswered() {
        JsonNode found = ask(
                RealPython.with("/python/clients.txt"),
                "kserve_client.py",
                "http://" + authority(),
                "price-1h",
                STEPS,
                WIDTH);

        assertThat(List.of(found.at("/live"), found.at("/ready"), found.at("/model_ready")))
                .allSatisfy(yes -> assertThat(yes.asBoolean()).isTrue());
        assertThat(found.at("/outputs").toString()).isEqualTo("[\"quantiles\",\"calibrated_quantiles\"]");
        assertGolden(found.at("/quantiles"));
    }

    @Test
    void clientOfMlflowsScoringServerIsAnswered() {
        RealPython python = new RealPython(RealMlflow.environment().folder());

        JsonNode found = ask(
                python,
                "mlflow_client.py",
                "127.0.0.1",
                Integer.toString(server.uri("/").getPort()),
                STEPS,
                WIDTH);

        assertGolden(found.at("/inputs"));
        assertThat(found.at("/dataframe")).isEqualTo(found.at("/inputs"));
    }

    private static void assertGolden(JsonNode numbers) {
        List<Double> flat = JsonMapper.shared()
                .readTree("[" + numbers.toString().replaceAll("[\\[\\]]", "") + "]")
                .valueStream()
                .map(JsonNode::asDouble)
                .toList();
        float[] golden = ConstantModel.golden().forecast();
        assertThat(flat).hasSize(golden.length);
        for (int i = 0; i < golden.length; i++) {
            assertThat(flat.get(i)).isCloseTo(golden[i], within(1e-5));
        }
    }

    private static String authority() {
        return server.uri("/").getAuthority();
    }

    private static JsonNode ask(RealPython python, String script, String... arguments) {
        List<String> all = new java.util.ArrayList<>(List.of(file(script)));
        all.addAll(List.of(arguments));
        RealPython.Answer answer = python.run("python", all);
        assertThat(answer.exitCode()).as(answer.output()).isZero();
        return JsonMapper.shared().readTree(answer.output().lines().toList().getLast());
    }

    private static String file(String script) {
        try {
            return Path.of(Objects.requireNonNull(ForeignClientsTest.class.getResource("/python/" + script), script)
                            .toURI())
                    .toString();
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
