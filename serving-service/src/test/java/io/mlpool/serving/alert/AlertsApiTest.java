package io.mlpool.serving.alert;

import static io.mlpool.serving.alert.AlertWorld.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.mlpool.serving.ServingServer;
import io.mlpool.testing.SettableClock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Rules, silences and alerts over REST. */
class AlertsApiTest {

    private static final String RISKY = """
            {"name": "%s", "condition": {"type": "risk_level", "model": "risk-7d", "at_least": 70}, "holds_for": "1h"}
            """;

    @TempDir
    private static Path folder;

    @SuppressWarnings("NullAway.Init")
    private static AlertWorld world;

    @SuppressWarnings("NullAway.Init")
    private static ServingServer server;

    @BeforeAll
    static void start() {
        world = new AlertWorld();
        server = ServingServer.start(
                world.database,
                folder,
                new SettableClock(NOON),
                "mlpool.alerts.every=1h",
                "mlpool.alerts.delivery.receivers.away.webhook.url=http://127.0.0.1:9/T0KEN",
                "mlpool.alerts.delivery.receivers.away.webhook.secret=sixteen characters",
                "mlpool.alerts.delivery.receivers.away.group-by=rule,asset");
        IntStream.range(0, 5).forEach(i -> world.risk("seen" + i, 95, NOON));
        put(
                "seen",
                "{\"name\":\"seen\",\"condition\":{\"type\":\"risk_level\",\"model\":\"risk-7d\",\"at_least\":95}}");
        server.bean(Evaluation.class).run();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static HttpResponse<String> put(String name, String body) {
        return server.send(HttpRequest.newBuilder(server.uri("/alerts/rules/" + name))
                .header("Content-Type", "application/json")
                .PUT(BodyPublishers.ofString(body)));
    }

    private static HttpResponse<String> delete(String path) {
        return server.send(HttpRequest.newBuilder(server.uri(path)).DELETE());
    }

    private static JsonNode json(HttpResponse<String> response) {
        return server.json(response);
    }

    @Test
    void ruleIsAddedOnceHoweverOftenItIsAskedFor() {
        String rule = RISKY.formatted("once");

        assertThat(server.post("/alerts/rules", rule).statusCode()).isEqualTo(201);
        HttpResponse<String> again = server.post("/alerts/rules", rule);
        HttpResponse<String> other = server.post("/alerts/rules", rule.replace("70", "71"));

        assertThat(again.statusCode()).isEqualTo(201);
        assertThat(json(again).get("condition").toString())
                .isEqualTo("{\"type\":\"risk_level\",\"model\":\"risk-7d\",\"at_least\":70.0}");
        assertThat(json(again).get("holds_for_seconds").asInt()).isEqualTo(3600);
        assertThat(other.statusCode()).isEqualTo(409);
    }

    @Test
    void ruleIsChangedAndRemoved() {
        put("changed", RISKY.formatted("changed"));
        HttpResponse<String> changed = put("changed", RISKY.formatted("changed").replace("70", "75"));

        assertThat(json(changed).at("/condition/at_least").asDouble()).isEqualTo(75);
        assertThat(delete("/alerts/rules/changed").statusCode()).isEqualTo(204);
        assertThat(delete("/alerts/rules/changed").statusCode()).isEqualTo(204);
        assertThat(server.get("/alerts/rules/changed").statusCode()).isEqualTo(404);
    }

    @Test
    void allThatIsWrongWithARuleIsSaidAtOnce() {
        HttpResponse<String> refused = server.post("/alerts/rules", """
                {"name": "No good", "condition": {"type": "anomaly_count", "count": 0, "grade": 2, "within": "1y", "what": 1},
                 "severity": "awful", "holds_for": 10, "colour": "red"}
                """);

        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(json(refused).get("detail").valueStream().map(one -> one.get("loc")
                        .toString()))
                .contains(
                        "[\"body\",\"condition\",\"within\"]",
                        "[\"body\",\"condition\",\"what\"]",
                        "[\"body\",\"severity\"]",
                        "[\"body\",\"holds_for\"]",
                        "[\"body\",\"colour\"]");
    }

    @Test
    void whatBreaksRulesOfAConditionIsNamedTogether() {
        HttpResponse<String> refused = server.post("/alerts/rules", """
                {"name": "x", "condition": {"type": "coverage", "horizon": "24h", "forecasts": 1, "at_least": 0.9, "at_most": 0.8}}
                """);

        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(refused.body())
                .contains("forecasts must be from 30.0 to 20000.0")
                .contains("at_least must be below at_most");
    }

    @Test
    void oddBodiesAreRefusedAndBreakNothing() {
        List<String> odd = List.of(
                "null",
                "[]",
                "\"x\"",
                "{}",
                "{\"name\": \"x\", \"condition\": []}",
                RISKY.formatted("odd").replace("\"1h\"", "\"1h\", \"assets\": [null]"),
                RISKY.formatted("odd").replace("\"1h\"", "\"1h\", \"labels\": {\"team\": null}"),
                RISKY.formatted("odd").replace("risk-7d", "risk\\u0000"));

        assertThat(odd).allSatisfy(body -> assertThat(
                        server.post("/alerts/rules", body).statusCode())
                .as(body)
                .isEqualTo(422));
        assertThat(server.get("/alerts?asset=%00").statusCode()).isEqualTo(422);
    }

    @Test
    void unknownKindOfConditionIsToldWhichThereAre() {
        HttpResponse<String> refused =
                server.post("/alerts/rules", "{\"name\": \"x\", \"condition\": {\"type\": \"weather\"}}");

        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(refused.body()).contains("stale_data").contains("forecast_move");
    }

    @Test
    void dryRunTellsWhenARuleWouldHaveFired() {
        world.risk("dry", 50, NOON.minus(Duration.ofDays(3)));
        world.risk("dry", 80, NOON.minus(Duration.ofDays(2)));
        world.risk("dry", 40, NOON.minus(Duration.ofDays(1)));
        String rule = RISKY.formatted("dry").replace("\"holds_for\"", "\"assets\": [\"dry\"], \"holds_for\"");

        JsonNode result = json(server.post("/alerts/rules/test?days=7", rule));

        assertThat(result.get("fired").asInt()).isEqualTo(1);
        JsonNode firing = result.get("firings").get(0);
        assertThat(firing.get("since").asString()).isEqualTo("2026-02-27T12:10:00Z");
        assertThat(firing.get("fired_at").asString())
                .as("an hour later, at the next look: there is one every 14 minutes")
                .isEqualTo("2026-02-27T13:20:00Z");
        assertThat(firing.get("resolved_at").asString()).isEqualTo("2026-02-28T12:12:00Z");
        assertThat(server.get("/alerts/rules/dry").statusCode()).isEqualTo(404);
    }

    @Test
    void modelsHaveNoDryRun() {
        HttpResponse<String> refused =
                server.post("/alerts/rules/test", "{\"name\": \"x\", \"condition\": {\"type\": \"no_model\"}}");

        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(refused.body()).contains("this kind has no dry run");
    }

    @Test
    void alertsArePagedAndFiltered() {
        JsonNode first = json(server.get("/alerts?rule=seen&state=firing&severity=warning&limit=3"));
        JsonNode second = json(server.get("/alerts?rule=seen&state=firing&severity=warning&limit=3&cursor="
                + first.get("next_cursor").asString()));

        assertThat(first.get("alerts")).hasSize(3);
        assertThat(second.get("alerts")).hasSize(2);
        assertThat(second.get("next_cursor").isNull()).isTrue();
        assertThat(json(server.get("/alerts?rule=seen&asset=seen3")).get("alerts"))
                .hasSize(1);
        assertThat(json(server.get("/alerts?rule=seen&state=resolved")).get("alerts"))
                .isEmpty();
        assertThat(server.get("/alerts?state=odd").statusCode()).isEqualTo(422);
    }

    @Test
    void alertHasItsHistory() {
        String id = json(server.get("/alerts?rule=seen&asset=seen1"))
                .at("/alerts/0/id")
                .asString();

        JsonNode alert = json(server.get("/alerts/" + id));

        assertThat(alert.at("/alert/summary").asString()).isEqualTo("seen1: risk-7d score 95, 95 or more");
        assertThat(alert.at("/events/0/state").asString()).isEqualTo("firing");
        assertThat(server.get("/alerts/" + UUID.randomUUID()).statusCode()).isEqualTo(404);
    }

    @Test
    void silenceIsMadeOnceAndEnded() {
        String body = """
                {"id": "0b4e3c9e-0000-4000-8000-000000000001", "matchers": [{"label": "asset", "value": "luna*"}],
                 "ends_at": "2026-03-02T00:00:00Z", "reason": "known"}
                """;

        JsonNode made = json(server.post("/alerts/silences", body));
        HttpResponse<String> again = server.post("/alerts/silences", body);
        HttpResponse<String> other = server.post("/alerts/silences", body.replace("known", "other"));
        JsonNode ended = json(delete("/alerts/silences/" + made.get("id").asString()));

        assertThat(made.get("active").asBoolean()).isTrue();
        assertThat(made.get("created_by").asString()).isEqualTo("anonymous");
        assertThat(again.statusCode()).isEqualTo(201);
        assertThat(other.statusCode()).isEqualTo(409);
        assertThat(ended.get("active").asBoolean()).isFalse();
        assertThat(json(server.get("/alerts/silences")).get("silences")).hasSize(1);
    }

    @Test
    void listenerThatComesBackMissesNothing() {
        List<String> events = listen("0", 5);

        assertThat(events).hasSize(5).allMatch(line -> line.startsWith("event:firing"));
        List<String> behind = listen("2", 3);
        assertThat(behind).hasSize(3);
    }

    @Test
    void listenersHearOfWhatHappens() throws Exception {
        String newest = world.jdbc
                .sql("SELECT max(number)::text FROM alert_event")
                .query(String.class)
                .single();
        var heard = CompletableFuture.supplyAsync(() -> listen(newest, 1));
        world.jdbc
                .sql(
                        "INSERT INTO alert_event (id, alert_id, sequence, state, notify, at, value, summary)"
                                + " SELECT gen_random_uuid(), id, 99, 'resolved', false, now(), 1, 'gone' FROM alert WHERE asset = 'seen4'")
                .update();

        assertThat(heard.get(20, TimeUnit.SECONDS)).containsExactly("event:resolved");
    }

    @Test
    void streamRefusesWhatIsNoNumber() {
        HttpResponse<String> refused = server.send(HttpRequest.newBuilder(server.uri("/alerts/events"))
                .header("Last-Event-ID", "x")
                .GET());

        assertThat(refused.statusCode()).isEqualTo(422);
    }

    /** Names of the first events behind one. */
    private static List<String> listen(@Nullable String after, int count) {
        HttpRequest.Builder request = HttpRequest.newBuilder(server.uri("/alerts/events"));
        if (after != null) {
            request.header("Last-Event-ID", after);
        }
        try (HttpClient client = HttpClient.newHttpClient()) {
            Stream<String> lines = client.send(request.build(), HttpResponse.BodyHandlers.ofLines())
                    .body();
            List<String> events =
                    lines.filter(line -> line.startsWith("event:")).limit(count).toList();
            client.shutdownNow();
            return events;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void deadLetterIsListedAndSentAgain() {
        String id = "7405b542-fdf6-4075-b209-5c572e21a0bf";
        world.jdbc
                .sql(
                        "INSERT INTO alert_notification (id, receiver, group_key, reminder, content, events, state, attempts, created_at,"
                                + " give_up_at, next_at, finished_at, last_error) VALUES (:id::uuid, 'ops', 'rule=x', false, '[]', 0, 'dead', 9,"
                                + " now(), now(), now(), now(), 'it answered 500')")
                .param("id", id)
                .update();

        JsonNode listed = json(server.get("/alerts/notifications?state=dead&receiver=ops"));
        JsonNode sent = json(server.post("/alerts/notifications/%s/send".formatted(id), ""));
        JsonNode again = json(server.post("/alerts/notifications/%s/send".formatted(id), ""));

        assertThat(listed.at("/notifications/0/last_error").asString()).isEqualTo("it answered 500");
        assertThat(sent.get("state").asString()).isEqualTo("queued");
        assertThat(again).isEqualTo(sent);
        assertThat(json(server.get("/alerts/notifications/" + id)).get("events"))
                .isEmpty();
        assertThat(json(server.get("/alerts/receivers"))
                        .at("/receivers/0/target")
                        .asString())
                .isEqualTo("http://127.0.0.1:9");
    }

    @Test
    void silenceOfEverythingOrOfThePastIsRefused() {
        List<String> wrong = List.of(
                "{\"matchers\": [], \"ends_at\": \"2026-03-02T00:00:00Z\", \"reason\": \"x\"}",
                "{\"matchers\": [{\"label\":\"a\",\"value\":\"b\"}], \"ends_at\": \"2026-02-02T00:00:00Z\", \"reason\": \"x\"}");

        assertThat(wrong).allSatisfy(body -> assertThat(
                        server.post("/alerts/silences", body).statusCode())
                .isEqualTo(422));
    }
}
