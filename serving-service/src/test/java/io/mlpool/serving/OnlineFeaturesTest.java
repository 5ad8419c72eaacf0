package io.mlpool.serving;

import static io.mlpool.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.mlpool.testing.ConstantModel;
import io.mlpool.testing.SettableClock;
import io.mlpool.testing.TestDatabase;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** What clients of Feast's feature server ask. */
class OnlineFeaturesTest {

    private static final int WIDTH = ConstantModel.FEATURES.width();

    private static ServingServer server;
    private static SettableClock clock;
    private static Instant close;

    @BeforeAll
    static void start(@TempDir Path folder) {
        TestDatabase database = TestDatabase.create();
        close = new TestMarket(database).add("bitcoin", "btc", 400);
        clock = new SettableClock(close);
        server = ServingServer.start(database, folder, clock);
        server.promote();
        eventually(() -> assertThat(
                        server.post("/predict", "{\"asset\":\"bitcoin\"}").statusCode())
                .isEqualTo(200));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void newestFeaturesAreAnsweredInFeastsShape() {
        clock.set(close);
        JsonNode answer = ok(
                "/get-online-features",
                "{\"features\":[\"price-1h:return_24\",\"price-1h:volatility\"],\"entities\":{\"asset\":[\"bitcoin\",\"nocoin\"]}}");

        assertThat(answer.at("/metadata/feature_names/val").toString())
                .isEqualTo("[\"asset\",\"return_24\",\"volatility\"]");
        assertThat(answer.at("/results/0/values").toString()).isEqualTo("[\"bitcoin\",\"nocoin\"]");
        assertThat(answer.at("/results/1/statuses").toString()).isEqualTo("[\"PRESENT\",\"NOT_FOUND\"]");
        assertThat(answer.at("/results/2/values/0").asDouble()).isNegative();
        assertThat(answer.at("/results/2/event_timestamps/0").asString()).isEqualTo(close.toString());
        assertThat(answer.at("/results/2/values/1").isNull()).isTrue();
    }

    @Test
    void featuresOfAWholeViewAreNamedInFullAndSayWhenTheyAreOld() {
        clock.set(close.plus(Duration.ofHours(3)));
        JsonNode answer = ok(
                "/get-online-features",
                "{\"feature_service\":\"price-1h\",\"full_feature_names\":true,\"entities\":{\"asset\":[\"bitcoin\"]}}");
        clock.set(close);

        assertThat(answer.at("/metadata/feature_names/val")).hasSize(1 + WIDTH);
        assertThat(answer.at("/metadata/feature_names/val/1").asString()).isEqualTo("price-1h__return_1");
        assertThat(answer.at("/results/1/statuses/0").asString()).isEqualTo("OUTSIDE_MAX_AGE");
        assertThat(answer.at("/results/1/values/0").isNumber()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"features\":[\"price-1h:x\"],\"entities\":{\"asset\":[\"bitcoin\"]}}",
                "{\"features\":[\"other:x\"],\"entities\":{\"asset\":[\"bitcoin\"]}}",
                "{\"features\":[\"price-1h:return_1\"],\"entities\":{\"driver\":[\"1\"]}}",
                "{\"entities\":{\"asset\":[\"bitcoin\"]}}",
                "{\"features\":[\"price-1h:return_1\"]}"
            })
    void wrongFeatureRequestIsRefusedAndSaysWhere(String body) {
        HttpResponse<String> refused = server.post("/get-online-features", body);

        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(server.json(refused).at("/detail/0/loc/0").asString()).isEqualTo("body");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"entities":{"asset":["bitcoin"]}}                            | should have one of "features": ["price-1h:return_1"] and "feature_service": "price-1h", found none
            {"features":["price-1h:return_1"]}                            | Field required, the one entity there is, asset, with a list of asset keys
            {"features":["return_1"],"entities":{"asset":["bitcoin"]}}    | a view, the name of a live model
            {"features":["price-1h:x"],"entities":{"asset":["bitcoin"]}}  | written view:feature
            {"features":["price-1h:return_1"],"entities":{"driver":["1"]}} | Input should be {"asset": ["bitcoin", ...]}
            """)
    void wrongFeatureRequestSaysHowARightOneIsWritten(String body, String form) {
        assertThat(server.json(server.post("/get-online-features", body))
                        .at("/detail/0/msg")
                        .asString())
                .contains(form);
    }

    private static JsonNode ok(String path, String body) {
        HttpResponse<String> answer = server.post(path, body);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return server.json(answer);
    }
}
