package io.mlpool.serving;

import static io.mlpool.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.mlpool.testing.SettableClock;
import io.mlpool.testing.TestDatabase;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class PaginationTest {

    private static TestMarket market;
    private static Instant close;
    private static SettableClock clock;
    private static ServingServer server;

    @BeforeAll
    static void start(@TempDir Path folder) {
        TestDatabase database = TestDatabase.create();
        market = new TestMarket(database);
        close = market.add("bitcoin", "btc", 400);
        market.add("ethereum", "eth", 400);
        market.add("zcash", "zec", 3);
        market.add("dogecoin", "doge", 3);
        clock = new SettableClock(close);
        server = ServingServer.start(database, folder, clock);
        server.promote();
        server.register();
        server.register();
        eventually(() -> assertThat(server.json(server.get("/predictions")).get("predictions"))
                .hasSize(6));
        List.of("bitcoin", "ethereum", "dogecoin")
                .forEach(asset -> server.post("/batch-jobs", "{\"assets\": [\"%s\"]}".formatted(asset)));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @ParameterizedTest
    @CsvSource({
        "/predictions, predictions",
        "/candles?asset=dogecoin, candles",
        "/assets, assets",
        "/batch-jobs, jobs",
        "/models/price-1h, versions"
    })
    void pagesTogetherAreTheListWithNothingTwice(String path, String field) {
        List<JsonNode> all = items(server.get(path), field);

        List<JsonNode> paged = new ArrayList<>();
        String next = path + (path.contains("?") ? "&" : "?") + "limit=1";
        while (!next.isEmpty()) {
            HttpResponse<String> page = server.get(next);
            assertThat(items(page, field)).as(next).hasSize(1);
            paged.addAll(field.equals("candles") ? 0 : paged.size(), items(page, field));
            next = next(page);
        }

        assertThat(all).hasSizeGreaterThan(2);
        assertThat(paged).isEqualTo(all);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/predictions", "/candles?asset=bitcoin", "/assets", "/batch-jobs", "/models/price-1h"})
    void lastPageLeadsNowhere(String path) {
        HttpResponse<String> page = server.get(path);

        assertThat(server.json(page).get("next_cursor").isNull()).isTrue();
        assertThat(page.headers().firstValue("Link")).isEmpty();
    }

    @Test
    void linkKeepsTheQuestionAndLeadsWhereTheCursorDoes() {
        HttpResponse<String> first = server.get("/predictions?asset=bitcoin&horizon=4h&limit=1");
        assertThat(next(first)).isEmpty();
        HttpResponse<String> page = server.get("/predictions?asset=bitcoin&limit=2");

        assertThat(next(page))
                .isEqualTo("/predictions?asset=bitcoin&limit=2&cursor="
                        + server.json(page).get("next_cursor").asString());
        assertThat(items(server.get(next(page)), "predictions")).hasSize(1);
    }

    @Test
    void whatIsAddedInFrontShiftsNothing() {
        List<JsonNode> before = items(server.get("/candles?asset=ethereum&limit=4"), "candles");
        HttpResponse<String> newest = server.get("/candles?asset=ethereum&limit=2");

        market.extend("ethereum", close, 1, 0);

        assertThat(items(server.get(next(newest)), "candles")).isEqualTo(before.subList(0, 2));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/predictions?", "/candles?asset=bitcoin&", "/assets?", "/batch-jobs?", "/models/price-1h?"})
    void cursorThatIsNoneIsRefused(String path) {
        for (String cursor : List.of(
                "nonsense",
                "%00",
                encoded("[]"),
                encoded("null"),
                encoded("{\"list\":\"predictions\",\"key\":[null]}"),
                encoded("{\"list\":\"%s\",\"key\":[\"x\",\"\\u0000\",\"x\",\"x\",\"x\",\"x\"]}"),
                encoded("{\"list\":\"predictions\",\"key\":[\"x\",\"y\",\"z\",\"p\",\"1\",\"u\"]}"),
                encoded("{\"list\":\"candles\",\"key\":[\"x\"]}"),
                encoded("{\"list\":\"versions\",\"key\":[\"1.5\"]}"),
                encoded("{\"list\":\"batch-jobs\",\"key\":[\"+1000000000-01-01T00:00:00Z\",\"1-1-1-1-1\"]}"))) {
            HttpResponse<String> refused = server.get(path + "cursor=" + cursor);

            assertThat(refused.statusCode()).as(path + cursor).isEqualTo(422);
            assertThat(server.json(refused).at("/detail/0/loc").toString()).isEqualTo("[\"query\",\"cursor\"]");
        }
    }

    @Test
    void cursorOfAnotherListIsRefused() {
        String cursor =
                server.json(server.get("/assets?limit=1")).get("next_cursor").asString();

        assertThat(server.get("/batch-jobs?cursor=" + cursor).statusCode()).isEqualTo(422);
    }

    private static String encoded(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static List<JsonNode> items(HttpResponse<String> page, String field) {
        assertThat(page.statusCode()).as(page.body()).isEqualTo(200);
        return StreamSupport.stream(server.json(page).get(field).spliterator(), false)
                .toList();
    }

    /** Where the link leads, nothing on the last page. */
    private static String next(HttpResponse<String> page) {
        return page.headers()
                .firstValue("Link")
                .map(link -> link.substring(1, link.indexOf('>')))
                .orElse("");
    }
}
