package io.mlpool.serving;

import static io.mlpool.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.mlpool.testing.SettableClock;
import io.mlpool.testing.TestDatabase;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

/** A market of bitcoin and ethereum with 400 hourly candles each, on a clock that stands at the newest close, and a serving service of its own for each test. */
abstract class ServingOfTwoAssets {

    final TestDatabase database = TestDatabase.create();
    final TestMarket market = new TestMarket(database);
    final SettableClock clock;
    Instant close;

    @TempDir
    Path folder;

    @SuppressWarnings("NullAway.Init")
    ServingServer server;

    ServingOfTwoAssets() {
        close = market.add("bitcoin", "btc", 400);
        market.add("ethereum", "eth", 400);
        clock = new SettableClock(close);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    void start(String... properties) {
        server = ServingServer.start(database, folder, clock, properties);
    }

    /** Starts it and promotes a model; returns when it forecasts. */
    void startWithAModel(String... properties) {
        start(properties);
        server.promote();
        eventually(() -> assertThat(
                        server.post("/predict", "{\"asset\":\"ethereum\"}").statusCode())
                .isEqualTo(200));
    }
}
