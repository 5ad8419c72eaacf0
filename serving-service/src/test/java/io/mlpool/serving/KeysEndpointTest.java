package io.mlpool.serving;

import static org.assertj.core.api.Assertions.assertThat;

import io.mlpool.security.KeyRequest;
import io.mlpool.security.Keys;
import io.mlpool.security.Scope;
import io.mlpool.testing.SettableClock;
import io.mlpool.testing.TestDatabase;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Keys are made, looked at and ended over REST. */
class KeysEndpointTest {

    private static final SettableClock CLOCK = new SettableClock(Instant.parse("2026-01-01T00:00:00Z"));
    private static final String ASSETS = "/assets";

    private static ServingServer server;
    private static String admin;

    @BeforeAll
    static void start(@TempDir Path folder) {
        TestDatabase database = TestDatabase.create();
        admin = Keys.in(database.dataSource(), CLOCK)
                .create(new KeyRequest("root", EnumSet.allOf(Scope.class), null, null), "test")
                .text();
        server = ServingServer.start(database, folder, CLOCK, "mlpool.security.mode=api-key");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void keyWhenMadeIsShownOnceAndCountsAtOnce() {
        HttpResponse<String> made = post("/keys", "{\"name\":\"desk\",\"rate_limit_per_minute\":100}", admin);

        assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
        assertThat(made.headers().firstValue("Cache-Control")).hasValue("no-store");
        JsonNode answer = server.json(made);
        String key = answer.get("key").asString();
        JsonNode details = answer.get("details");
        assertThat(details.get("scopes").toString()).isEqualTo("[\"read\",\"predict\"]");
        assertThat(details.get("created_by").asString()).isEqualTo("root");
        assertThat(details.get("state").asString()).isEqualTo("active");
        assertThat(status(key)).isEqualTo(200);
        String id = details.get("id").asString();
        assertThat(made.headers().firstValue("Location")).hasValue("/keys/" + id);
        HttpResponse<String> shown = get(server, "/keys/" + id, admin);
        assertThat(server.json(shown).get("name").asString()).isEqualTo("desk");
        assertThat(shown.body() + get(server, "/keys", admin).body())
                .contains("\"desk\"", "\"root\"")
                .doesNotContain(key.substring(17));
    }

    @Test
    void lastAdminIsNotRevokedByAccident() {
        HttpResponse<String> refused = delete("/keys/" + id(admin));

        assertThat(refused.statusCode()).isEqualTo(409);
        assertThat(refused.body()).contains("the last active key with scope admin", "?force=true");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/keys | {} | missing | name",
                "/keys | {\"name\":null} | missing | name",
                "/keys | {\"name\":\"two words\"} | should be 1 to 64 of letters | name",
                "/keys | {\"name\":\"a\",\"scopes\":[]} | too_short | scopes",
                "/keys | {\"name\":\"a\",\"scopes\":[\"root\"]} | known are read, predict, train, admin | scopes",
                "/keys | {\"name\":\"a\",\"expires_at\":\"2020-01-01T00:00:00Z\"} | must be in the future | expires_at",
                "/keys | {\"name\":\"a\",\"rate_limit_per_minute\":-1} | greater than or equal to 0 | rate_limit_per_minute",
                "/keys | {\"name\":\"a\",\"secret\":\"mine\"} | extra_forbidden | secret",
                "/keys/ID/rotate | {\"grace\":\"soon\"} | such as 30m, 24h or 7d | grace",
                "/keys/ID/rotate | {\"grace\":\"-1h\"} | from 0 to 90d | grace",
                "/keys/ID/rotate | {\"grace\":\"99999999999999d\"} | grace must be | grace"
            })
    void requestThatMakesNoSenseIsRefusedInFastApisShape(String path, String body, String expected, String field) {
        HttpResponse<String> refused = post(path.replace("ID", id(admin)), body, admin);

        assertThat(refused.statusCode()).as(refused.body()).isEqualTo(422);
        assertThat(refused.body()).startsWith("{\"detail\":[{\"type\":").contains(expected);
        assertThat(server.json(refused).at("/detail/0/loc/1").asString()).isEqualTo(field);
    }

    @Test
    void emptyListOfScopesIsSentBackAsItWasFound() {
        JsonNode refused = server.json(post("/keys", "{\"name\":\"a\",\"scopes\":[]}", admin));

        assertThat(refused.at("/detail/0/input").toString()).isEqualTo("[]");
    }

    @Test
    void everyMistakeOfARequestForAKeyIsToldAtOnceWithWhatWasFound() {
        HttpResponse<String> refused = post(
                "/keys", "{\"name\":\"two words\",\"scopes\":[\"root\"],\"rate_limit_per_minute\":-1,\"x\":1}", admin);

        assertThat(server.json(refused).get("detail"))
                .extracting(one -> one.get("loc") + " " + one.get("input"))
                .containsExactly(
                        "[\"body\",\"name\"] \"two words\"",
                        "[\"body\",\"scopes\",0] \"root\"",
                        "[\"body\",\"rate_limit_per_minute\"] -1",
                        "[\"body\",\"x\"] 1");
    }

    @Test
    void nameThatIsTakenAndKeyThatIsNotThereAreNamed() {
        assertThat(post("/keys", "{\"name\":\"root\"}", admin).statusCode()).isEqualTo(409);
        assertThat(get(server, "/keys/nothing", admin).statusCode()).isEqualTo(404);
    }

    @Test
    void descriptionSaysHowAKeyIsSentAndWhichScopeIsNeeded() {
        CLOCK.advance(Duration.ofMinutes(1));
        JsonNode api = server.json(server.get("/openapi.json"));

        assertThat(api.at("/components/securitySchemes/ApiKey/name").asString()).isEqualTo("X-API-Key");
        assertThat(api.at("/paths/~1predict/post/security").toString()).contains("ApiKey", "Bearer");
        assertThat(api.at("/paths/~1predict/post/responses/403/description").asString())
                .isEqualTo("The key lacks the scope predict");
        assertThat(api.at("/paths/~1health/get/security").isEmpty()).isTrue();
        assertThat(api.at("/components/schemas/WantedKey/properties").propertyNames())
                .contains("name", "scopes", "expires_at", "rate_limit_per_minute");
        assertThat(api.at("/paths/~1keys~1{id}~1rotate/post/responses").propertyNames())
                .contains("200", "401", "403", "409", "422", "429");
    }

    private static String id(String key) {
        return key.substring(4, 16);
    }

    private static int status(String key) {
        return get(server, ASSETS, key).statusCode();
    }

    private static HttpResponse<String> get(ServingServer server, String path, String key) {
        return server.send(HttpRequest.newBuilder(server.uri(path)).header("X-API-Key", key));
    }

    private static HttpResponse<String> post(String path, String body, String key) {
        return server.send(HttpRequest.newBuilder(server.uri(path))
                .header("X-API-Key", key)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body)));
    }

    private static HttpResponse<String> delete(String path) {
        return server.send(HttpRequest.newBuilder(server.uri(path))
                .header("X-API-Key", admin)
                .DELETE());
    }
}
