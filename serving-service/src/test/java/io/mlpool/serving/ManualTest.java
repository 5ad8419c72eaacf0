package io.mlpool.serving;

import static io.mlpool.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.mlpool.testing.SettableClock;
import io.mlpool.testing.TestDatabase;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class ManualTest {

    private static ServingServer server;
    private static JsonNode api;

    @BeforeAll
    static void start(@TempDir Path folder) {
        TestDatabase database = TestDatabase.create();
        Instant close = new TestMarket(database).add("bitcoin", "btc", 400);
        server = ServingServer.start(
                database,
                folder,
                new SettableClock(close),
                "mlpool.request-body.limit=100KB",
                "mlpool.domain=pool.example.org");
        server.promote();
        eventually(() -> assertThat(server.get("/health").statusCode()).isEqualTo(200));
        api = server.json(server.get("/openapi.json"));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void domainOfThePoolIsWhereClientsAreSentAndThePageMayAskWhereItIsFrom() {
        assertThat(api.path("servers").valueStream().map(one -> one.path("url").asString()))
                .containsExactly("https://pool.example.org", "/");
    }

    @Test
    void everyFieldSaysWhatItMeansAndShowsAnExample() {
        List<String> silent = new ArrayList<>();
        api.at("/components/schemas").forEachEntry((name, schema) -> {
            if (!schema.has("description")) {
                silent.add(name);
            }
            schema.path("properties").forEachEntry((field, property) -> {
                boolean leads = property.toString().contains("$ref");
                boolean described = property.has("description") && (leads || property.has("example"));
                if (!described) {
                    silent.add(name + "." + field);
                }
            });
        });

        assertThat(silent).as("say it in vocabulary.yaml, or at the field").isEmpty();
    }

    @Test
    void everyOperationHasASnakeCaseNameOfItsOwnATagAndDescribedParameters() {
        List<String> names = new ArrayList<>();
        operations().forEach(operation -> {
            names.add(operation.get("operationId").asString());
            assertThat(operation.get("tags")).isNotEmpty();
            assertThat(operation.has("summary")).isTrue();
            operation.path("parameters").forEach(parameter -> assertThat(
                            parameter.path("description").asString())
                    .as("%s of %s", parameter.get("name"), operation.get("operationId"))
                    .isNotEmpty());
        });

        assertThat(names).doesNotHaveDuplicates().allMatch(name -> name.matches("[a-z]+(_[a-z]+)*"));
    }

    @Test
    void everyRefusalHasFastApisBodyButThoseOfForeignProtocols() {
        List<String> foreign =
                List.of("#/components/schemas/ProtocolFailure", "#/components/schemas/InvocationFailure");
        operations().forEach(operation -> operation.get("responses").forEachEntry((status, response) -> {
            boolean health = operation.get("operationId").asString().equals("get_health");
            if (status.startsWith("4") || (status.startsWith("5") && !health)) {
                assertThat(response.at("/content/application~1json/schema/$ref").asString())
                        .as("%s of %s", status, operation.get("operationId"))
                        .satisfiesAnyOf(
                                schema -> assertThat(schema)
                                        .isEqualTo("#/components/schemas/"
                                                + (status.equals("422") ? "HTTPValidationError" : "HTTPError")),
                                schema -> assertThat(schema).isIn(foreign),
                                schema -> assertThat(response.at("/content").has("text/plain"))
                                        .isTrue());
            }
        }));
    }

    @Test
    void recordsAreClosedAndSayWhatMayBeAbsentOrNull() {
        JsonNode question = api.at("/components/schemas/PredictionRequest");
        JsonNode forecast = api.at("/components/schemas/PastForecast");

        assertThat(question.get("additionalProperties").asBoolean(true)).isFalse();
        assertThat(question.at("/properties/horizon/type").toString()).isEqualTo("[\"string\",\"null\"]");
        assertThat(forecast.at("/properties/scored_at/type").toString()).isEqualTo("[\"string\",\"null\"]");
        assertThat(forecast.at("/properties/scored_at/format").asString()).isEqualTo("date-time");
        assertThat(forecast.get("required").toString()).contains("\"as_of\"").doesNotContain("\"scored_at\"");
    }

    @Test
    void keysAreDeclaredBothWaysAndAskedForOnlyWhereTheServiceAsks() {
        assertThat(api.at("/components/securitySchemes/ApiKey/name").asString()).isEqualTo("X-API-Key");
        assertThat(api.at("/components/securitySchemes/Bearer/scheme").asString())
                .isEqualTo("bearer");
        assertThat(operations()).noneMatch(operation -> operation.has("security"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/health", "/version", "/assets", "/candles?asset=bitcoin", "/models/price-1h", "/openapi.json"})
    void headIsGetWithoutABody(String path) {
        HttpResponse<String> head =
                server.send(HttpRequest.newBuilder(server.uri(path)).HEAD());

        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(head.body()).isEmpty();
        assertThat(head.headers().firstValue("Content-Type"))
                .isEqualTo(server.get(path).headers().firstValue("Content-Type"));
    }

    @ParameterizedTest
    @CsvSource({
        "PUT, /predict, application/json, application/json, 405",
        "GET, /models/reload, application/json, application/json, 405",
        "POST, /predict, text/plain, application/json, 415",
        "POST, /predict, application/json, text/html, 406"
    })
    void refusalsOfTheProtocolHaveTheShapeOfAllOthers(
            String method, String path, String type, String accept, int status) {
        HttpResponse<String> refused = server.send(HttpRequest.newBuilder(server.uri(path))
                .header("Content-Type", type)
                .header("Accept", accept)
                .method(method, BodyPublishers.ofString("{\"asset\":\"bitcoin\"}")));

        assertThat(refused.statusCode()).isEqualTo(status);
        assertThat(server.json(refused).get("detail").isString()).isTrue();
        assertThat(refused.headers().firstValue("Content-Type")).hasValue("application/json");
        if (status == 405) {
            assertThat(refused.headers().firstValue("Allow")).hasValue("POST");
        }
    }

    @Test
    void bodyThatIsTooLargeIsRefusedInTheSameShape() {
        HttpResponse<String> refused = server.post("/predict", " ".repeat(200_000));

        assertThat(refused.statusCode()).isEqualTo(413);
        assertThat(server.json(refused).get("detail").isString()).isTrue();
    }

    @Test
    void queryParameterThatIsNotKnownIsIgnored() {
        assertThat(server.get("/assets?utm_source=mail").statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"limit=", "from=", "from=0", "interval=", "to=2024-05-01"})
    void emptyOrSloppyParameterIsRefused(String query) {
        HttpResponse<String> refused = server.get("/candles?asset=bitcoin&" + query);

        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(server.json(refused).at("/detail/0/loc").toString())
                .isEqualTo("[\"query\",\"%s\"]".formatted(query.substring(0, query.indexOf('='))));
    }

    private static List<JsonNode> operations() {
        List<JsonNode> operations = new ArrayList<>();
        api.get("paths").forEach(path -> path.forEach(operations::add));
        return operations;
    }
}
