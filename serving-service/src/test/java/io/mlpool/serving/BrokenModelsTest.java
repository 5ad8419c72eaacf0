package io.mlpool.serving;

import static io.mlpool.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.mlpool.registry.Alias;
import io.mlpool.registry.ModelVersion;
import io.mlpool.testing.SettableClock;
import io.mlpool.testing.TestDatabase;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/** Versions that cannot go live: what is told of them, and what stays live. */
class BrokenModelsTest {

    private static final String QUESTION = "{\"asset\":\"bitcoin\"}";

    private static SettableClock clock;
    private static ServingServer server;

    @BeforeAll
    static void start(@TempDir Path folder) {
        TestDatabase database = TestDatabase.create();
        clock = new SettableClock(new TestMarket(database).add("bitcoin", "btc", 400));
        server = ServingServer.start(database, folder, clock);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void takeAllOut() {
        server.takeAllOut();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            /predict                     | {"asset":"bitcoin"}  | 503 | detail
            /v2/models/price-1h/infer    | {"inputs":[]}        | 404 | error
            /invocations                 | {"inputs":[1]}       | 404 | message
            """)
    void whileTheOnlyChampionIsRejectedEveryProtocolSaysWhy(String path, String body, int status, String field)
            throws IOException {
        ModelVersion broken = server.register();
        breakFile(onnx(broken));
        server.registry().assign(broken.model(), Alias.CHAMPION, broken.version());
        eventually(() -> assertThat(rejectedVersion()).isEqualTo(broken.version()));

        HttpResponse<String> refused = server.post(path, body);

        assertThat(refused.statusCode()).as(refused.body()).isEqualTo(status);
        assertThat(server.json(refused).get(field).asString())
                .contains("no model is live: version %d, the champion of price-1h, is rejected: model.onnx was changed"
                        .formatted(broken.version()))
                .contains("POST /models/{name}/aliases/champion");
    }

    enum Damage {
        TRUNCATED {
            @Override
            void apply(Path bundle) throws IOException {
                Files.write(bundle.resolve("model.onnx"), new byte[100]);
            }
        },
        MISSING_FILE {
            @Override
            void apply(Path bundle) throws IOException {
                Files.delete(bundle.resolve("golden.json"));
            }
        },
        TAMPERED {
            @Override
            void apply(Path bundle) throws IOException {
                Path manifest = bundle.resolve("bundle.json");
                Files.writeString(manifest, Files.readString(manifest).replace("0.6", "0.1"));
            }
        },
        WRONG_GOLDEN_ANSWER {
            @Override
            void apply(Path bundle) throws IOException {
                Path golden = bundle.resolve("golden.json");
                String before = sha256(golden);
                Files.writeString(golden, Files.readString(golden).replaceFirst("-0\\.64", "-0.65"));
                Path sums = bundle.resolve("SHA256SUMS");
                Files.writeString(sums, Files.readString(sums).replace(before, sha256(golden)));
            }
        };

        abstract void apply(Path bundle) throws IOException;

        private static String sha256(Path file) throws IOException {
            try {
                return HexFormat.of()
                        .formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
            } catch (java.security.NoSuchAlgorithmException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void brokenBundleLeavesTheOldModelServingAndSaysWhy(Damage damage) throws IOException {
        ModelVersion good = server.promote();
        eventually(() -> assertThat(answeringVersion()).isEqualTo(good.version()));
        ModelVersion broken = server.register();
        damage.apply(server.registry().fetch(broken).directory());

        server.registry().assign(broken.model(), Alias.CHAMPION, broken.version());

        eventually(() -> assertThat(rejectedVersion()).isEqualTo(broken.version()));
        assertThat(answeringVersion()).isEqualTo(good.version());
        assertThat(liveVersion()).isEqualTo(good.version());
        assertThat(server.get("/health").statusCode()).isEqualTo(200);
        assertThat(server.get("/health").body()).contains("price-1h@champion rejected");
        assertThat(server.json(server.post("/v2/repository/index", "{}"))
                        .at("/%d/reason".formatted(broken.version() - 1))
                        .asString())
                .isEqualTo(server.json(server.get("/models/price-1h"))
                        .at("/rejected/0/reason")
                        .asString());
    }

    @Test
    void brokenBundleIsRefusedByRequestAndTheAliasStays() throws IOException {
        ModelVersion good = server.promote();
        ModelVersion broken = server.register();
        Damage.TRUNCATED.apply(server.registry().fetch(broken).directory());

        HttpResponse<String> response = assign("champion", broken);

        assertThat(response.statusCode()).isEqualTo(409);
        assertThat(response.body()).contains("model.onnx was changed");
        assertThat(server.registry().find("price-1h", Alias.CHAMPION)).hasValue(good);
        assertThat(server.get("/models/price-1h/versions/" + broken.version()).body())
                .contains("\"broken\":");
    }

    @Test
    void brokenBundleIsLeftAloneUntilAMinutePassed() throws IOException {
        ModelVersion broken = server.register();
        Path onnx = onnx(broken);
        byte[] whole = breakFile(onnx);
        server.registry().assign(broken.model(), Alias.CHAMPION, broken.version());
        eventually(() -> assertThat(rejectedVersion()).isEqualTo(broken.version()));
        Files.write(onnx, whole);

        clock.advance(Duration.ofSeconds(59));
        looksAgain();
        assertThat(rejectedVersion()).isEqualTo(broken.version());

        clock.advance(Duration.ofSeconds(2));
        eventually(() -> assertThat(liveVersion()).isEqualTo(broken.version()));
    }

    @Test
    void unreadableAliasLeavesTheOldModelServingAndTheOtherAliasesWorking() throws IOException {
        ModelVersion good = server.promote();
        eventually(() -> assertThat(answeringVersion()).isEqualTo(good.version()));
        Path alias = server.registry().fetch(good).directory().resolve("../../../aliases/champion");
        Files.writeString(alias, "the best one");

        looksAgain();

        assertThat(answeringVersion()).isEqualTo(good.version());
        // Told at the end of a look, which may have brought in the challenger a moment ago.
        eventually(() -> assertThat(server.get("/health").body()).contains("the best one"));
        assertThat(server.get("/models").statusCode()).isEqualTo(200);
        Files.writeString(alias, Integer.toString(good.version()));
    }

    @Test
    void versionWhoseDescriptionIsDamagedIsNamedEverywhereAndKeepsNothingElseFromBeingTold() throws IOException {
        ModelVersion good = server.promote();
        ModelVersion damaged = server.register();
        eventually(() -> assertThat(answeringVersion()).isEqualTo(good.version()));
        Path description = server.registry().fetch(damaged).directory().resolve("../version.json");
        byte[] whole = Files.readAllBytes(description);
        Files.writeString(description, "{\"version\":");
        String reason = "version %d of price-1h: version.json is damaged".formatted(damaged.version());

        JsonNode model = server.json(server.get("/models/price-1h"));
        assertThat(model.at("/damaged/" + damaged.version()).asString()).isEqualTo(reason);
        assertThat(model.at("/live/champion/version").asInt()).isEqualTo(good.version());
        assertThat(server.get("/models").statusCode()).isEqualTo(200);
        assertThat(server.post("/v2/repository/index", "{}").body()).contains(reason);
        assertThat(server.get("/models/price-1h/versions/" + damaged.version()).body())
                .contains(reason);
        assertThat(assign("champion", damaged).statusCode()).isEqualTo(409);

        Files.writeString(
                server.registry().fetch(good).directory().resolve("../../../aliases/challenger"),
                Integer.toString(damaged.version()));
        eventually(() -> assertThat(server.json(server.get("/models/price-1h"))
                        .at("/rejected/0/reason")
                        .asString())
                .isEqualTo(reason));
        assertThat(answeringVersion()).isEqualTo(good.version());
        Files.write(description, whole);
    }

    @Test
    void reloadTriesABrokenBundleAgainAtOnce() throws IOException {
        ModelVersion broken = server.register();
        Path onnx = onnx(broken);
        byte[] whole = breakFile(onnx);
        server.registry().assign(broken.model(), Alias.CHAMPION, broken.version());
        eventually(() -> assertThat(rejectedVersion()).isEqualTo(broken.version()));
        Files.write(onnx, whole);

        HttpResponse<String> reloaded = server.post("/models/reload", "");

        assertThat(server.json(reloaded).at("/models/0/live/champion/version").asInt())
                .isEqualTo(broken.version());
    }

    private static HttpResponse<String> assign(String alias, ModelVersion version) {
        return server.post("/models/price-1h/aliases/" + alias, "{\"version\":%d}".formatted(version.version()));
    }

    private static Path onnx(ModelVersion version) {
        return server.registry().fetch(version).directory().resolve("model.onnx");
    }

    /** Gives what it was before. */
    private static byte[] breakFile(Path file) throws IOException {
        byte[] whole = Files.readAllBytes(file);
        Files.write(file, new byte[10]);
        return whole;
    }

    /** A second alias that moves shows that the registry was looked at since. */
    private static void looksAgain() {
        ModelVersion other = server.register();
        server.registry().assign(other.model(), Alias.CHALLENGER, other.version());
        eventually(() -> assertThat(server.get("/health").body())
                .contains("\"price-1h@challenger\":\"version %d\"".formatted(other.version())));
    }

    private static int rejectedVersion() {
        return server.json(server.get("/models/price-1h"))
                .at("/rejected/0/version")
                .asInt();
    }

    private static int liveVersion() {
        return server.json(server.get("/models/price-1h"))
                .at("/live/champion/version")
                .asInt();
    }

    private static int answeringVersion() {
        HttpResponse<String> response = server.post("/predict", QUESTION);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return server.json(response).at("/model/version").asInt();
    }
}
