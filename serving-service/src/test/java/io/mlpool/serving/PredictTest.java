package io.mlpool.serving;

import static io.mlpool.serving.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.mlpool.testing.SettableClock;
import io.mlpool.testing.TestDatabase;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PredictTest {

    private static ServingServer server;

    @BeforeAll
    static void start(@TempDir Path folder) {
        TestDatabase database = TestDatabase.create();
        TestMarket market = new TestMarket(database);
        Instant close = market.add("bitcoin", "btc", 400);
        market.add("ethereum", "eth", 400);
        market.add("newcoin", "new", 20);
        server = ServingServer.start(database, folder, new SettableClock(close));
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
    void predictForAKnownAssetAnswersEveryFieldInOrder() {
        HttpResponse<String> response =
                server.post("/predict", "{\"asset\":\"bitcoin\",\"interval\":\"1h\",\"horizon\":\"24h\"}");

        System.out.println(response.body());
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(server.json(response).propertyNames())
                .containsExactly(
                        "prediction_id",
                        "asset",
                        "vs_currency",
                        "interval",
                        "as_of",
                        "target_time",
                        "horizon",
                        "last_price",
                        "predicted_price",
                        "quantiles",
                        "probability_up",
                        "naive_price",
                        "estimated_error",
                        "trusted",
                        "reasons",
                        "model");
    }
}
