package io.mlpool.serving;

import static io.mlpool.testing.Eventually.within;
import static org.assertj.core.api.Assertions.assertThat;

import io.mlpool.testing.SettableClock;
import io.mlpool.testing.TestDatabase;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class AnomaliesTest {

    private static final Instant START = Instant.parse("2024-05-01T00:00:00Z");

    private static Instant crash;
    private static ServingServer server;

    @BeforeAll
    static void start(@TempDir Path folder) {
        TestDatabase database = TestDatabase.create();
        TestMarket market = new TestMarket(database);
        crash = market.add("bitcoin", "btc", 300);
        market.extend("bitcoin", crash, 1, 0);
        market.add("ethereum", "eth", 301);
        database.jdbc().sql("""
                UPDATE candle SET volume = volume * 1000
                WHERE open_time = (SELECT max(open_time) FROM candle) AND series_id = (SELECT id FROM series WHERE asset = 'bitcoin')
                """).update();
        SettableClock clock = new SettableClock(crash.plus(Duration.ofMinutes(90)));
        server = ServingServer.start(database, folder, clock);
        within(Duration.ofSeconds(30), () -> assertThat(list("?asset=bitcoin")).isNotEmpty());
        within(Duration.ofSeconds(30), () -> assertThat(
                        server.get("/actuator/prometheus").body())
                .contains("mlpool_anomalies_scored_total{interval=\"1h\"} 602.0")
                .contains("mlpool_anomalies_lag_seconds{interval=\"1h\"} 0.0"));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void anAnomalySaysWhatWasObservedAndWhatWasExpected() {
        JsonNode anomaly = list("?asset=bitcoin").getFirst();

        assertThat(anomaly.get("at").asString())
                .isEqualTo(crash.plus(Duration.ofHours(1)).toString());
        assertThat(anomaly.get("detector").asString()).isEqualTo("stream");
        assertThat(anomaly.get("dimension").asString()).isEqualTo("volume");
        assertThat(anomaly.get("observed").asDouble()).isGreaterThan(900_000);
        assertThat(anomaly.get("expected").asDouble()).isBetween(800.0, 1_800.0);
        assertThat(anomaly.get("grade").asDouble()).isBetween(0.9, 1.0);
        assertThat(anomaly.at("/attribution/volume").asDouble()).isGreaterThan(0.5);
        assertThat(anomaly.at("/attribution/value_locked").asDouble()).isZero();
    }

    @Test
    void theyAreFilteredAndPaged() {
        assertThat(list("?min_grade=0.9&detector=stream&interval=1h&asset=bitcoin&from=" + crash))
                .hasSize(1);
        assertThat(list("?to=" + START)).isEmpty();
        assertThat(list("?detector=anomaly-1h")).isEmpty();
        assertThat(list("?interval=4h")).isEmpty();
        List<JsonNode> all = list("");
        List<JsonNode> paged = new ArrayList<>();
        String cursor = "";
        do {
            JsonNode page = server.json(server.get("/anomalies?limit=1" + cursor));
            page.get("anomalies").forEach(paged::add);
            cursor = page.get("next_cursor").isNull()
                    ? ""
                    : "&cursor=" + page.get("next_cursor").asString();
        } while (!cursor.isEmpty());
        assertThat(paged).isEqualTo(all);
    }

    @ParameterizedTest
    @ValueSource(strings = {"?min_grade=2", "?min_grade=x", "?limit=0", "?cursor=x", "?interval=7h"})
    void aFilterThatIsNoneIsRefused(String query) {
        assertThat(server.get("/anomalies" + query).statusCode()).isEqualTo(422);
    }

    @Test
    void ownSeriesAreLookedAtWithTheirTimes() {
        Map<String, Object> request = series(600);

        JsonNode answer = server.json(detect(request));

        JsonNode found = answer.get("anomalies")
                .valueStream()
                .filter(one -> one.get("index").asInt() == 500)
                .findFirst()
                .orElseThrow();
        assertThat(answer.get("points").asInt()).isEqualTo(600);
        assertThat(answer.get("share").asDouble()).isEqualTo(2 / 168.0);
        assertThat(found.get("at").asString())
                .isEqualTo(START.plus(Duration.ofHours(500)).toString());
        assertThat(found.get("dimension").asString()).isEqualTo("b");
        assertThat(found.get("observed").asDouble()).isEqualTo(25);
        assertThat(found.get("expected").asDouble()).isBetween(-3.0, 3.0);
        assertThat(found.at("/attribution/a").asDouble()
                        + found.at("/attribution/b").asDouble())
                .isBetween(0.999, 1.001);
        request.put("min_grade", 0.9);
        assertThat(server.json(detect(request)).get("anomalies").valueStream())
                .isNotEmpty()
                .allSatisfy(one -> assertThat(one.get("grade").asDouble()).isGreaterThanOrEqualTo(0.9));
        request.put("alarms_per_week", 0.1);
        assertThat(server.json(detect(request)).get("share").asDouble()).isEqualTo(0.1 / 168);
    }

    @Test
    void ownSeriesNeedNoTimes() {
        Map<String, Object> request = series(600);
        request.remove("times");

        JsonNode answer = server.json(detect(request));

        assertThat(answer.get("share").asDouble()).isEqualTo(0.005);
        assertThat(answer.get("anomalies").valueStream().map(one -> one.get("index")
                        .asInt()))
                .contains(500);
        assertThat(answer.at("/anomalies/0/at").isNull()).isTrue();
    }

    @Test
    void allThatIsWrongIsSaidAtOnce() {
        HttpResponse<String> refused = server.post("/anomalies/detect", """
                {"times": ["2026-01-01T01:00:00Z", "2026-01-01T00:00:00Z", null],
                 "dimensions": {"a": [1, 2], "b": [1, 2, 3], "c": null, " ": [1, 2, 3]},
                 "alarms_per_week": -1, "alarms_per_thousand": 51, "shingle": 25, "min_grade": 2}
                """);

        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(server.json(refused).get("detail").valueStream().map(one -> one.get("loc")
                        .toString()))
                .containsExactlyInAnyOrder(
                        "[\"body\",\"dimensions\",\" \"]",
                        "[\"body\",\"dimensions\",\"a\"]",
                        "[\"body\",\"dimensions\",\"c\"]",
                        "[\"body\",\"times\",1]",
                        "[\"body\",\"times\",2]",
                        "[\"body\",\"shingle\"]",
                        "[\"body\",\"alarms_per_thousand\"]",
                        "[\"body\",\"alarms_per_week\"]",
                        "[\"body\",\"alarms_per_thousand\"]",
                        "[\"body\",\"min_grade\"]");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "{}; dimensions",
                "{\"dimensions\": {}}; dimensions",
                "{\"dimensions\": {\"a\": []}}; dimensions",
                "{\"dimensions\": {\"a\": [\"x\"]}}; dimensions",
                "{\"dimensions\": {\"a\": [1]}, \"alarms_per_week\": 2}; alarms_per_week",
                "{\"dimensions\": {\"a\": [1]}, \"trees\": 2}; trees",
                "{\"dimensions\": {\"a\": [1, -2e30]}}; -1e30",
                "{\"dimensions\": {\"a\": [1, 1e400]}}; dimensions"
            })
    void aSeriesThatIsNoneIsRefused(String body, String field) {
        HttpResponse<String> refused = server.post("/anomalies/detect", body);

        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(refused.body()).contains(field);
    }

    private static Map<String, Object> series(int size) {
        Random random = new Random(3);
        List<String> times = new ArrayList<>();
        List<Double> a = new ArrayList<>();
        List<Double> b = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            times.add(START.plus(Duration.ofHours(i)).toString());
            a.add(i % 50 == 7 ? null : 1e6 * random.nextGaussian());
            b.add(i == 500 ? 25.0 : random.nextGaussian());
        }
        Map<String, List<Double>> dimensions = new TreeMap<>(Map.of("a", a, "b", b));
        return new TreeMap<>(Map.of("times", times, "dimensions", dimensions));
    }

    private static HttpResponse<String> detect(Map<String, Object> request) {
        HttpResponse<String> answer =
                server.post("/anomalies/detect", JsonMapper.shared().writeValueAsString(request));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return answer;
    }

    private static List<JsonNode> list(String query) {
        return server.json(server.get("/anomalies" + query))
                .get("anomalies")
                .valueStream()
                .toList();
    }
}
