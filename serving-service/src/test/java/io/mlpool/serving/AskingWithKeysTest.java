package io.mlpool.serving;

import static io.mlpool.testing.Eventually.eventually;
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
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What a key counts for and how long, on two replicas with one database. */
class AskingWithKeysTest {

    private static final SettableClock CLOCK = new SettableClock(Instant.parse("2026-01-01T00:00:00Z"));
    private static final String ASSETS = "/assets";

    private static TestDatabase database;
    private static ServingServer server;
    private static ServingServer replica;
    private static String admin;

    @BeforeAll
    static void start(@TempDir Path folder) {
        database = TestDatabase.create();
        admin = Keys.in(database.dataSource(), CLOCK)
                .create(new KeyRequest("root", EnumSet.allOf(Scope.class), null, null), "test")
                .text();
        server = replica(folder.resolve("one"));
        replica = replica(folder.resolve("two"));
    }

    private static ServingServer replica(Path folder) {
        return ServingServer.start(
                database,
                folder,
                CLOCK,
                "mlpool.security.mode=api-key",
                "mlpool.security.reread=50ms",
                "mlpool.security.rate.per-address=5",
                "spring.datasource.hikari.connection-timeout=500");
    }

    @AfterAll
    static void stop() {
        server.close();
        replica.close();
    }

    @Test
    void keyIsTakenFromBothHeadersAndTheFirstCounts() {
        HttpRequest.Builder bearer =
                HttpRequest.newBuilder(server.uri(ASSETS)).header("Authorization", "bearer " + admin);
        HttpRequest.Builder both = HttpRequest.newBuilder(server.uri(ASSETS))
                .header("Authorization", "Bearer nonsense")
                .header("X-API-Key", admin);

        assertThat(server.send(bearer).statusCode()).isEqualTo(200);
        assertThat(server.send(both).statusCode()).isEqualTo(200);
    }

    @Test
    void keyWithoutTheScopeIsToldWhichOneIsMissing() {
        String reader = make("reader", "[\"read\"]");

        HttpResponse<String> refused = post("/predict", "{\"asset\":\"bitcoin\"}", reader);

        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(refused.headers().firstValue("WWW-Authenticate"))
                .hasValue("Bearer error=\"insufficient_scope\", scope=\"predict\"");
        assertThat(server.json(refused).get("detail").asString())
                .contains("the scope 'predict'", "the key 'reader' has read");
    }

    @Test
    void revocationCountsOnTheOtherReplicaWithoutARestart() {
        String key = make("leaked", "[\"read\"]");
        eventually(() -> assertThat(status(replica, key)).isEqualTo(200));

        HttpResponse<String> revoked = delete("/keys/" + id(key));

        assertThat(server.json(revoked).get("state").asString()).isEqualTo("revoked");
        assertThat(status(server, key)).isEqualTo(401);
        eventually(() -> {
            CLOCK.advance(Duration.ofMinutes(1)); // so that asking does not use up the address
            assertThat(get(replica, ASSETS, key).body()).contains("the key 'leaked' was revoked");
        });
        assertThat(delete("/keys/" + id(key)).statusCode()).isEqualTo(200);
    }

    @Test
    void rotatedKeyKeepsItsOldSecretForTheGrace() {
        String old = make("rotating", "[\"read\"]");

        HttpResponse<String> rotated = post("/keys/" + id(old) + "/rotate", "{\"grace\":\"30m\"}", admin);

        String fresh = server.json(rotated).get("key").asString();
        assertThat(fresh).startsWith(old.substring(0, 17)).isNotEqualTo(old);
        assertThat(status(server, old)).isEqualTo(200);
        CLOCK.advance(Duration.ofMinutes(30));
        assertThat(status(server, old)).isEqualTo(401);
        assertThat(status(server, fresh)).isEqualTo(200);
        assertThat(post("/keys/" + id(old) + "/rotate", "", admin).statusCode()).isEqualTo(200);
        assertThat(status(server, fresh)).as("a day of grace by itself").isEqualTo(200);
    }

    @Test
    void keyExpiresByTheClock() {
        Instant end = CLOCK.instant().plus(Duration.ofHours(1));
        String key = server.json(post("/keys", "{\"name\":\"guest\",\"expires_at\":\"%s\"}".formatted(end), admin))
                .get("key")
                .asString();
        assertThat(status(server, key)).isEqualTo(200);

        CLOCK.set(end);

        assertThat(get(server, ASSETS, key).body()).contains("the key 'guest' expired at " + end);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "mlp_nonsense",
                "",
                "mlp_000000000000_0000000000000000000000000000000000000000000000000000000000000000"
            })
    void wrongKeyIsRefusedWithAChallenge(String key) {
        CLOCK.advance(Duration.ofMinutes(1));

        HttpResponse<String> refused = get(server, ASSETS, key);

        assertThat(refused.statusCode()).isEqualTo(401);
        assertThat(refused.headers().firstValue("WWW-Authenticate")).hasValue("Bearer");
        assertThat(server.json(refused).get("detail").asString()).contains("key");
    }

    @Test
    void whoTriesOutKeysIsStoppedAndHoldersOfKeysAtTheSameAddressAreNot() {
        CLOCK.advance(Duration.ofMinutes(1));
        for (int guess = 0; guess < 5; guess++) {
            assertThat(status(server, "mlp_guess" + guess)).isEqualTo(401);
        }

        HttpResponse<String> stopped = get(server, ASSETS, "mlp_guess5");

        assertThat(stopped.statusCode()).isEqualTo(429);
        assertThat(stopped.headers().firstValue("Retry-After")).hasValue("12");
        assertThat(stopped.headers().firstValue("RateLimit-Remaining")).hasValue("0");
        assertThat(server.json(stopped).get("detail").asString())
                .isEqualTo("too many requests: an address without a valid key may send 5 a minute; ask again in 12 s");
        assertThat(server.get("/docs").statusCode()).isEqualTo(429);
        assertThat(server.get("/actuator/health/liveness").statusCode()).isEqualTo(200);
        assertThat(status(server, admin)).isEqualTo(200);
        CLOCK.advance(Duration.ofSeconds(12));
        assertThat(status(server, "mlp_guess6")).isEqualTo(401);
    }

    @Test
    void keyHasItsOwnLimit() {
        String key = server.json(post("/keys", "{\"name\":\"slow\",\"rate_limit_per_minute\":2}", admin))
                .get("key")
                .asString();

        assertThat(get(server, ASSETS, key).headers().firstValue("RateLimit-Limit"))
                .hasValue("2");
        assertThat(status(server, key)).isEqualTo(200);
        HttpResponse<String> stopped = get(server, ASSETS, key);
        assertThat(stopped.statusCode()).isEqualTo(429);
        assertThat(stopped.body()).contains("the key 'slow' may send 2 a minute; ask again in 30 s");
    }

    @Test
    void keysHoldWhileTheDatabaseIsAway() {
        String name = database.jdbc()
                .sql("SELECT current_database()")
                .query(String.class)
                .single();
        JdbcClient other = TestDatabase.create().jdbc();
        other.sql("ALTER DATABASE %s ALLOW_CONNECTIONS false".formatted(name)).update();
        try {
            other.sql("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = :name")
                    .param("name", name)
                    .query()
                    .listOfRows();

            assertThat(get(server, "/keys", admin).statusCode()).isEqualTo(503);
            assertThat(post("/keys", "{\"name\":\"lost\"}", admin).statusCode()).isEqualTo(503);
            assertThat(get(server, "/models", admin).statusCode()).isEqualTo(200);
        } finally {
            other.sql("ALTER DATABASE %s ALLOW_CONNECTIONS true".formatted(name))
                    .update();
        }
        eventually(() -> assertThat(get(server, "/keys", admin).statusCode()).isEqualTo(200));
        String made = make("afterwards", "[\"read\"]");
        eventually(() -> assertThat(status(replica, made)).isEqualTo(200));
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /nowhere, 404",
        "POST, /predict/, 404",
        "GET, /predict, 405",
        "PUT, /models, 405",
        "GET, /v2/nowhere, 404"
    })
    void callThatIsNoneIsNotRefusedForTheRightsOfTheKey(String method, String path, int status) {
        String reader = make("reader" + method + path.replace('/', '.'), "[\"read\"]");

        HttpResponse<String> refused = server.send(HttpRequest.newBuilder(server.uri(path))
                .header("X-API-Key", reader)
                .method(method, BodyPublishers.noBody()));

        assertThat(refused.statusCode()).as(refused.body()).isEqualTo(status);
        assertThat(refused.headers().firstValue("Allow").isPresent()).isEqualTo(status == 405);
        assertThat(refused.body()).doesNotContain("admin");
    }

    private static String make(String name, String scopes) {
        return server.json(post("/keys", "{\"name\":\"%s\",\"scopes\":%s}".formatted(name, scopes), admin))
                .get("key")
                .asString();
    }

    private static String id(String key) {
        return key.substring(4, 16);
    }

    private static int status(ServingServer server, String key) {
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
