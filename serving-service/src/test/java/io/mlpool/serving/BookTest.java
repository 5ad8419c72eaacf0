package io.mlpool.serving;

import static io.mlpool.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.mlpool.encryption.StoredFolder;
import io.mlpool.market.CandleFlag;
import io.mlpool.model.ForecastBundle;
import io.mlpool.registry.Alias;
import io.mlpool.registry.ModelVersion;
import io.mlpool.testing.ConstantModel;
import io.mlpool.testing.TestDatabase;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

class BookTest extends ServingOfTwoAssets {

    private static final String NOTICES_ONLY = "mlpool.book.poll-interval=1h";

    @Test
    void newCandleIsForecastOnItsNotice() {
        startWithAModel(NOTICES_ONLY);

        Instant next = market.extend("bitcoin", close, 1, 0);
        market.extend("ethereum", close, 1, 0);

        eventually(() -> assertThat(asOf("ethereum")).isEqualTo(next.toString()));
        eventually(() -> assertThat(asOf("bitcoin")).isEqualTo(next.toString()));
    }

    @Test
    void serviceIsReadyWithItsFirstForecastsAndNotBefore() throws SQLException {
        server = ServingServer.start(database, folder, clock);
        try (Connection other = database.dataSource().getConnection();
                Statement lock = other.createStatement()) {
            other.setAutoCommit(false);
            lock.execute("LOCK TABLE candle IN ACCESS EXCLUSIVE MODE");
            server.promote();
            eventually(() -> assertThat(server.get("/health").body()).contains("price-1h@champion"));

            assertThat(server.get("/health").statusCode()).isEqualTo(503);
            other.rollback();
        }

        eventually(() -> assertThat(server.get("/health").statusCode()).isEqualTo(200));
        assertThat(predict("bitcoin").statusCode()).isEqualTo(200);
    }

    @Test
    void newCandleIsForecastWithoutNoticeAtTheNextLook() {
        startWithAModel("mlpool.book.poll-interval=200ms", "mlpool.book.reconnect=1h");
        database.jdbc()
                .sql(
                        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query = 'LISTEN candles' AND datname = current_database()")
                .query(rows -> {});

        Instant next = market.extend("bitcoin", close, 1, 0);

        eventually(() -> assertThat(asOf("bitcoin")).isEqualTo(next.toString()));
    }

    @Test
    void noticeIsHeardAgainAfterTheConnectionWasLost() {
        startWithAModel("mlpool.book.poll-interval=1h", "mlpool.book.reconnect=10ms");
        database.jdbc()
                .sql(
                        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()")
                .query(rows -> {});
        Instant next = market.extend("bitcoin", close, 1, 0);

        eventually(() -> assertThat(asOf("bitcoin")).isEqualTo(next.toString()));
    }

    @Test
    void candleWaitsForTheMarketButNotForever() {
        startWithAModel("mlpool.book.patience=10s");
        Instant next = market.extend("ethereum", close, 1, 0);
        eventually(() ->
                assertThat(server.get("/candles?asset=ethereum&limit=1").body()).contains(close.toString()));
        assertThat(asOf("ethereum")).isEqualTo(close.toString());

        eventually(() -> {
            clock.advance(Duration.ofSeconds(1));
            assertThat(asOf("ethereum")).isEqualTo(next.toString());
        });

        assertThat(clock.instant()).isAfterOrEqualTo(close.plusSeconds(10));
        assertThat(server.json(predict("ethereum")).get("reasons").toString()).contains("no market data");
    }

    @Test
    void forecastFromACandleFlaggedAsExtremeIsNotTrusted() {
        startWithAModel();

        market.extend("bitcoin", close, 1, CandleFlag.EXTREME_MOVE.bit());

        eventually(
                () -> assertThat(server.json(predict("bitcoin")).get("reasons").toString())
                        .contains("flagged as an extreme move"));
    }

    @Test
    void forecastMadeFromStaleCandlesIsNotTrustedWhoeverTellsIt() {
        startWithAModel();
        clock.advance(Duration.ofDays(30));

        Instant next = market.extend("bitcoin", close, 1, 0);

        eventually(() -> assertThat(asOf("bitcoin")).isEqualTo(next.toString()));
        eventually(() -> {
            JsonNode told = server.json(server.get("/predictions?asset=bitcoin&from=" + next))
                    .at("/predictions/0");
            assertThat(told.get("trusted"))
                    .isEqualTo(server.json(predict("bitcoin")).get("trusted"));
            assertThat(told.get("trusted").asBoolean(true)).isFalse();
            assertThat(told.get("reasons").toString()).contains("stale data");
        });
    }

    @Test
    void forecastOfAModelThatLearnedLongAgoIsNotTrusted() {
        startWithAModel("mlpool.trust.model-expiry=10d");

        assertThat(server.json(predict("bitcoin")).get("reasons").toString()).contains("expired model");
    }

    @Test
    void serviceKilledInTheMiddleOfASwapIsBackWithTheModelThatTheAliasNames() throws IOException {
        startWithAModel();
        ModelVersion next = server.register();
        server.close();
        Path half = Files.createDirectories(folder.resolve("registry/price-1h/.staging/half/bundle"));
        Files.writeString(half.resolve("model.onnx"), "half a");
        server.registry().assign(next.model(), Alias.CHAMPION, next.version());

        server = ServingServer.start(database, folder, clock);

        eventually(() -> assertThat(
                        server.json(predict("bitcoin")).at("/model/version").asInt())
                .isEqualTo(next.version()));
        eventually(() -> assertThat(database.jdbc()
                        .sql("SELECT version || ' ' || asset || ' ' || horizon FROM forecast")
                        .query(String.class)
                        .list())
                .as("two versions, two assets, three horizons")
                .hasSize(12)
                .doesNotHaveDuplicates());
    }

    @Test
    void challengerThatCannotBeAskedDoesNotKeepTheChampionsForecastsFromBeingStored() {
        startWithAModel();
        ModelVersion single =
                server.registry().register(modelForOneWindowAtATime().bundle(), Map.of());
        server.registry().assign(single.model(), Alias.CHALLENGER, single.version());
        eventually(() -> assertThat(server.get("/health").body()).contains("price-1h@challenger"));

        Instant next = market.extend("bitcoin", close, 1, 0);
        market.extend("ethereum", close, 1, 0);

        eventually(() -> assertThat(
                        server.json(server.get("/predictions?from=" + next)).get("predictions"))
                .as("two assets, three horizons")
                .hasSize(6));
    }

    @Test
    void twoReplicasStoreEachForecastOnce() {
        startWithAModel();
        try (ServingServer replica = ServingServer.start(database, folder, clock)) {
            eventually(() -> assertThat(
                            replica.post("/predict", "{\"asset\":\"ethereum\"}").statusCode())
                    .isEqualTo(200));
            assertThat(replica.post("/predict", "{\"asset\":\"ethereum\"}").body())
                    .isEqualTo(predict("ethereum").body());
            market.extend("bitcoin", close, 1, 0);
            Instant next = market.extend("ethereum", close, 1, 0);
            eventually(() -> assertThat(asOf("ethereum")).isEqualTo(next.toString()));
            eventually(() -> assertThat(replica.json(replica.post("/predict", "{\"asset\":\"ethereum\"}"))
                            .get("as_of")
                            .asString())
                    .isEqualTo(next.toString()));
        }
        eventually(() -> assertThat(count("SELECT count(*) FROM forecast")).isEqualTo(2 * 2 * 3));
    }

    @Test
    void challengerForecastsTheSameCandlesAndIsStoredBesideTheChampion() {
        startWithAModel();
        server.register();

        server.post("/models/price-1h/aliases/challenger", "{\"version\":2}");

        eventually(() -> assertThat(count("SELECT count(*) FROM forecast WHERE variant = 'challenger' AND version = 2"))
                .isEqualTo(2 * 3));
    }

    @Test
    void predictAnswersWhileTheDatabaseIsDownAndCatchesUpAfterwards() {
        startWithAModel("mlpool.book.reconnect=10ms", "spring.datasource.hikari.connection-timeout=300");
        String before = predict("bitcoin").body();
        String name = database.jdbc()
                .sql("SELECT current_database()")
                .query(String.class)
                .single();
        JdbcClient other = TestDatabase.create().jdbc();
        other.sql("ALTER DATABASE %s ALLOW_CONNECTIONS false".formatted(name)).update();
        other.sql("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '%s'".formatted(name))
                .query(rows -> {});

        HttpResponse<String> lost = server.get("/candles?asset=bitcoin");
        assertThat(lost.statusCode()).isEqualTo(503);
        assertThat(lost.body()).isEqualTo("{\"detail\":\"the database does not answer, try again later\"}");
        assertThat(predict("bitcoin").body()).isEqualTo(before);
        assertThat(predict("BTC").statusCode()).isEqualTo(404);
        assertThat(server.get("/actuator/health/liveness").statusCode()).isEqualTo(200);
        assertThat(server.get("/actuator/health/readiness").statusCode()).isEqualTo(200);

        other.sql("ALTER DATABASE %s ALLOW_CONNECTIONS true".formatted(name)).update();
        Instant next = market.extend("bitcoin", close, 1, 0);
        eventually(() -> assertThat(asOf("bitcoin")).isEqualTo(next.toString()));
    }

    private HttpResponse<String> predict(String asset) {
        return server.post("/predict", "{\"asset\":\"%s\"}".formatted(asset));
    }

    private String asOf(String asset) {
        return server.json(predict(asset)).get("as_of").asString();
    }

    private long count(String sql) {
        return database.jdbc().sql(sql).query(Long.class).single();
    }

    /** Its graph's free dimension N (field 2 of a dimension in ONNX's protobuf, a name) is made 1 (field 1, a number). */
    private ForecastBundle modelForOneWindowAtATime() {
        byte[] graph = ConstantModel.onnx();
        for (int i = 0; i + 2 < graph.length; i++) {
            if (graph[i] == 0x12 && graph[i + 1] == 1 && graph[i + 2] == 'N') {
                graph[i] = 0x08;
                graph[i + 1] = (byte) 0x81;
                graph[i + 2] = 0;
            }
        }
        return ForecastBundle.write(
                StoredFolder.plain(folder.resolve("single")),
                ConstantModel.manifest("price-1h", "single"),
                ConstantModel.golden(),
                graph,
                Optional.empty(),
                Optional.empty());
    }
}
