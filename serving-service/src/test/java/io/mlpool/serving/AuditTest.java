package io.mlpool.serving;

import static io.mlpool.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.mlpool.testing.SettableClock;
import io.mlpool.testing.TestDatabase;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class AuditTest {

    private static final String SECRET = "hunter2-in-a-query";

    private static final TestDatabase DATABASE = TestDatabase.create();
    private static ServingServer server;
    private static int version;

    @BeforeAll
    static void start(@TempDir Path folder) {
        Instant close = new TestMarket(DATABASE).add("bitcoin", "btc", 400);
        server = ServingServer.start(DATABASE, folder, new SettableClock(close), "mlpool.audit.interval=50ms");
        version = server.promote().version();
        eventually(() -> assertThat(
                        server.post("/predict", "{\"asset\":\"bitcoin\"}").statusCode())
                .isEqualTo(200));
        eventually(() ->
                assertThat(asked()).as("what was asked until now is written").isPositive());
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void changeHasAnEntryThatSaysWhoWhatAndWithWhichOutcome() {
        server.post("/models/price-1h/aliases/champion?token=" + SECRET, "{\"version\":%d}".formatted(version));
        server.post("/models/price-1h/aliases/champion", "{\"version\":777}");

        JsonNode entries = entries("action=POST%20/models/%7Bname%7D/aliases/%7Balias%7D&limit=2");

        assertThat(entries).hasSize(2);
        assertThat(entries.at("/0/status").asInt()).isEqualTo(404);
        assertThat(entries.at("/1/status").asInt()).isEqualTo(200);
        assertThat(entries.at("/1/subject").asString()).isEqualTo("alias=champion, name=price-1h");
        assertThat(entries.at("/1/caller").asString()).isEqualTo("anonymous");
        assertThat(entries.at("/1/address").asString()).isEqualTo("127.0.0.1");
        assertThat(entries.at("/1/requests").asInt()).isEqualTo(1);
    }

    @Test
    void questionsAreCountedWithTheVersionThatAnsweredThem() {
        long before = asked();
        for (int i = 0; i < 30; i++) {
            server.post("/predict", "{\"asset\":\"bitcoin\"}");
        }

        eventually(() -> assertThat(asked() - before).isEqualTo(30));
        assertThat(entries("action=POST%20/predict&limit=1")
                        .at("/0/model_version")
                        .asString())
                .isEqualTo("price-1h/" + version);
    }

    @Test
    void pagesAndHealthChecksAreNotNotedAndNothingSecretIs() {
        server.get("/");
        server.get("/page/main.js");
        server.get("/health");
        server.get("/assets?password=" + SECRET);
        server.get("/models/" + "x".repeat(300));

        eventually(() -> assertThat(text()).contains("GET /assets", "GET /models/{name}"));
        assertThat(text()).doesNotContain(SECRET, "GET /page", "/health", "x".repeat(101));
    }

    @Test
    void logIsWholeAndSaysWhereItIsNot() {
        server.post("/models/reload", "");
        JsonNode whole = server.json(server.get("/audit/verification"));
        assertThat(whole.at("/broken").isNull()).isTrue();
        assertThat(whole.at("/entries").asInt()).isPositive();

        String other = "0".repeat(63) + "1";
        assertThat(server.json(server.get("/audit/verification?head=" + other))
                        .at("/broken")
                        .asString())
                .contains("entries at the end were cut off");
        assertThat(server.json(server.get(
                                "/audit/verification?head=" + whole.at("/head").asString()))
                        .at("/broken")
                        .isNull())
                .isTrue();
    }

    private static long asked() {
        return DATABASE.jdbc()
                .sql(
                        "SELECT coalesce(sum(requests), 0) FROM audit_entry WHERE action = 'POST /predict' AND status = 200")
                .query(Long.class)
                .single();
    }

    private static String text() {
        return String.join(
                "\n",
                DATABASE.jdbc()
                        .sql("SELECT audit_entry::text FROM audit_entry")
                        .query(String.class)
                        .list());
    }

    private static JsonNode entries(String query) {
        return server.json(server.get("/audit?" + query)).get("entries");
    }
}
