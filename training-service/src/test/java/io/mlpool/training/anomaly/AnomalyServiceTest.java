package io.mlpool.training.anomaly;

import static io.mlpool.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.mlpool.market.Interval;
import io.mlpool.testing.TestDatabase;
import io.mlpool.training.FakeTrainer;
import io.mlpool.training.TrainingServer;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

@Timeout(60)
class AnomalyServiceTest {

    @TempDir
    static Path folder;

    private static TestDatabase database;
    private static TrainingServer server;

    @BeforeAll
    static void start() {
        database = TrainedAnomalies.market();
        server = TrainingServer.start(database, folder, new FakeTrainer(0));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void aRunIsStartedAndShownWithAllItsNumbers() {
        JsonNode started = server.post("/anomaly/runs", """
                {"id": "asked", "interval": "1h", "assets": ["bitcoin", "ethereum", "aave", "maker"], "seed": 3}""");
        assertThat(started.get("state").asString()).isIn("queued", "running");

        eventually(
                () -> assertThat(server.get("/anomaly/runs/asked").get("state").asString())
                        .isEqualTo("succeeded"));

        JsonNode run = server.get("/anomaly/runs/asked");
        assertThat(run.get("model").asString()).isEqualTo("anomaly-1h");
        assertThat(run.at("/snapshot/assets").size()).isEqualTo(4);
        assertThat(run.at("/evaluation/detection/all").doubleValue()).isBetween(0.0, 1.0);
        assertThat(run.at("/decision/against_naive/opponent").asString()).isEqualTo("naive");
        assertThat(run.get("version").intValue()).isPositive();
        assertThat(server.get("/anomaly/runs?model=anomaly-1h").toString()).contains("\"asked\"");
    }

    @Test
    void theSameRequestAgainStartsNothingAndAnotherOneOfItsIdIsRefused() {
        String request = "{\"id\": \"twice\", \"interval\": \"1h\", \"until\": \"2021-01-10T00:00:00Z\"}";
        server.post("/anomaly/runs", request);

        assertThat(server.post("/anomaly/runs", request).get("id").asString()).isEqualTo("twice");
        assertThat(server.answer("/anomaly/runs", "{\"id\": \"twice\", \"interval\": \"4h\"}")
                        .statusCode())
                .isEqualTo(409);
        eventually(
                () -> assertThat(server.get("/anomaly/runs/twice").get("error").asString())
                        .contains("no asset has enough 1h candles to learn from"));
    }

    @Test
    void olderExecutionThatStillLivesWritesNothingMore() {
        AnomalyRuns runs = new AnomalyRuns(database.jdbc(), Clock.systemUTC());
        runs.add(new AnomalySpec("taken", Interval.ONE_DAY, List.of(), Optional.empty(), 1), "request");
        AnomalyRuns.Begun old = runs.begin("taken").orElseThrow();
        AnomalyRuns.Begun newer = runs.begin("taken").orElseThrow();

        runs.fail(old, "too late");
        assertThat(runs.find("taken").orElseThrow().state()).isEqualTo("running");
        runs.fail(newer, "it does not work");
        assertThat(runs.find("taken").orElseThrow().error()).isEqualTo("it does not work");
        assertThat(runs.begin("taken")).isEmpty();
    }

    @Test
    void aRunInWhichThreeProcessesDiedFailsAndSaysWhatToDo() {
        AnomalyRuns runs = server.bean(AnomalyRuns.class);
        runs.add(new AnomalySpec("doomed", Interval.FIFTEEN_MINUTES, List.of(), Optional.empty(), 1), "request");
        for (int process = 0; process < 3; process++) {
            runs.begin("doomed");
            runs.died("doomed");
        }

        assertThat(server.bean(AnomalyTrainings.class).execute("doomed")).isEmpty();

        assertThat(runs.find("doomed").orElseThrow().error()).contains("Give training more (MLPOOL_MEMORY");
    }

    @Test
    void everyMistakeIsToldAtOnce() {
        String answer = server.answer(
                        "/anomaly/runs", "{\"id\": \"a b\", \"interval\": \"2h\", \"assets\": [\"BTC/USD\", null]}")
                .body();

        assertThat(answer)
                .contains("unknown interval '2h'", "id must be letters", "asset must look like", "found null")
                .contains("\"loc\":[\"body\",\"assets\",1]");
        assertThat(server.answer("/anomaly/runs", "{\"interval\": \"1h\", \"horizon\": \"1h\"}")
                        .statusCode())
                .isEqualTo(422);
    }

    @Test
    void candlesThatHaveComeToRestStartARun() {
        AnomalyRuns runs = server.bean(AnomalyRuns.class);
        AnomalyTriggers triggers = new AnomalyTriggers(
                new AnomalyProperties(2, 100, 256, List.of("4h"), 1, Duration.ofMinutes(1)),
                runs,
                server.bean(AnomalyTrainings.class));

        triggers.look(Interval.FOUR_HOURS);
        triggers.look(Interval.FOUR_HOURS);
        assertThat(runs.latest("anomaly-4h", 10))
                .as("there are no such candles")
                .isEmpty();

        database.jdbc()
                .sql("INSERT INTO series (asset, vs_currency, interval) VALUES ('aave', 'usd', '4h')")
                .update();
        database.jdbc().sql("""
                INSERT INTO candle
                  (series_id, open_time, open, high, low, close, volume, volume_kind, flags, finished, source, ingested_at)
                SELECT id, '2021-01-01T00:00:00Z', 1, 1, 1, 1, 1, 1, 0, true, 'test', now()
                FROM series WHERE interval = '4h'
                """).update();
        triggers.look(Interval.FOUR_HOURS);
        assertThat(runs.latest("anomaly-4h", 10))
                .as("perhaps an import is going on")
                .isEmpty();
        triggers.look(Interval.FOUR_HOURS);
        assertThat(runs.latest("anomaly-4h", 10))
                .extracting(AnomalyRunView::cause)
                .containsExactly("new_candles");
    }
}
