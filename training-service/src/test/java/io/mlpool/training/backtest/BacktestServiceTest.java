package io.mlpool.training.backtest;

import static io.mlpool.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.mlpool.testing.TestDatabase;
import io.mlpool.training.FakeTrainer;
import io.mlpool.training.TestCandles;
import io.mlpool.training.TrainingServer;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** A market of bitcoin over 800 hours from 2021 on; of the last 200 each model is used for 100. */
@Timeout(60)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BacktestServiceTest {

    private static final String TIME = "\"from\": \"%s\", \"to\": \"%s\"".formatted(hour(600), hour(800));

    @TempDir
    static Path storage;

    private final TestDatabase market = TrainingServer.market();
    private final AtomicReference<Runnable> during = new AtomicReference<>(() -> {});
    private final FakeTrainer trainer = FakeTrainer.that(epoch -> during.get().run());
    private TrainingServer service;

    @BeforeAll
    void startTheService() {
        service = TrainingServer.start(
                market,
                storage,
                trainer,
                "mlpool.training.backtest.least-windows=100",
                "mlpool.training.backtest.keep=10");
    }

    @BeforeEach
    void undisturbed() {
        during.set(() -> {});
    }

    @AfterAll
    void stopTheService() {
        service.close();
    }

    @Test
    void aBacktestTellsHowGoodItWasInNumbersAsATableAsAPageAndForecastByForecast() {
        JsonNode started = service.post("/backtests", request("whole"));
        assertThat(started.at("/request/retrain").asString()).isEqualTo("100h");

        JsonNode ended = ended("whole");

        assertThat(ended.path("state").asString()).as(ended.toString()).isEqualTo("succeeded");
        assertThat(ended.at("/progress/fold").asInt()).isEqualTo(2);
        assertThat(ended.at("/result/folds").size()).isEqualTo(2);
        assertThat(ended.at("/result/evaluation/windows").asInt()).isEqualTo(200);
        assertThat(ended.at("/result/against_naive/overall/probability").isNumber())
                .isTrue();
        assertThat(service.get("/backtests").get(0).path("result").isNull()).isTrue();
        assertThat(text("/backtests/whole/forecasts.csv", "*/*").lines()).hasSize(1 + 2 * 200);
        assertThat(text("/backtests/whole/report", "text/html")).startsWith("<!DOCTYPE html>");
        assertThat(text("/backtests/whole/report", "*/*"))
                .contains(
                        "| horizon | 1h | 4h |",
                        "| p against the random walk |",
                        "| 2 | 2021-01-30 04:00 | 2021-01-30 03:00 |");
        assertThat(storage.resolve("backtests/whole/fold-1"))
                .as("what is not needed any more")
                .doesNotExist();
        assertThat(service.get("/runs")).as("nothing is registered").isEmpty();
    }

    @Test
    void whoFollowsABacktestIsToldHowFarItIsUntilItIsOver() throws InterruptedException {
        CountDownLatch training = new CountDownLatch(1);
        CountDownLatch heard = new CountDownLatch(1);
        during.set(() -> {
            training.countDown();
            await(heard);
        });
        service.post("/backtests", request("followed"));
        assertThat(training.await(30, TimeUnit.SECONDS)).isTrue();
        List<String> told = data(service.lines("/backtests/followed/events").peek(line -> heard.countDown()));

        assertThat(told.getFirst()).contains("\"id\":\"followed\"", "\"state\":\"running\"", "Training fold 1 of 2");
        assertThat(told.get(told.size() - 2)).contains("\"state\":\"succeeded\"", "\"result\":null");
        assertThat(told.getLast()).isEqualTo("data:{}");
        assertThat(data(service.lines("/backtests/followed/events")))
                .as("of one that is over: how it ended")
                .containsExactly(told.get(told.size() - 2), "data:{}");
        assertThat(service.fetch("/backtests/nobody/events", "text/event-stream")
                        .statusCode())
                .isEqualTo(404);
    }

    @Test
    void theSameRequestAgainStartsNothingNewAndAnotherIsRefused() {
        service.post("/backtests", request("twice"));
        ended("twice");
        int epochs = trainer.epochs().size();

        assertThat(service.post("/backtests", request("twice")).path("state").asString())
                .isEqualTo("succeeded");
        HttpResponse<String> other =
                service.answer("/backtests", request("twice").replace("100h", "50h"));
        assertThat(other.statusCode()).isEqualTo(409);
        assertThat(other.body()).contains("backtest twice exists and was asked for something else");
        assertThat(trainer.epochs()).hasSize(epochs);
    }

    @Test
    void aRunningBacktestIsCancelledAfterItsEpoch() throws InterruptedException {
        CountDownLatch training = new CountDownLatch(1);
        CountDownLatch asked = new CountDownLatch(1);
        during.set(() -> {
            training.countDown();
            await(asked);
        });
        service.post("/backtests", request("stopped"));
        assertThat(training.await(30, TimeUnit.SECONDS)).isTrue();
        JsonNode running = service.get("/backtests/stopped");
        assertThat(running.at("/progress/message").asString()).isEqualTo("Training fold 1 of 2");

        assertThat(service.post("/backtests/stopped/cancel", "")
                        .path("cancel_requested")
                        .asBoolean())
                .isTrue();
        asked.countDown();

        assertThat(ended("stopped").path("state").asString()).isEqualTo("cancelled");
        HttpResponse<String> again = service.answer("/backtests/stopped/cancel", "");
        assertThat(again.statusCode()).isEqualTo(409);
        assertThat(again.body()).contains("backtest stopped has cancelled already");
        assertThat(service.fetch("/backtests/stopped/report", "*/*").body())
                .contains("has told nothing yet, it is cancelled");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"interval\":\"1h\"} | from must be given, a time like 2023-01-01T00:00:00Z",
                "{\"interval\":\"1h\",\"from\":\"2021-02-01T00:00:00Z\",\"to\":\"2021-01-01T00:00:00Z\",\"algorithm\":\"lstm\"} | from must lie before to",
                "{\"interval\":\"1h\",\"from\":\"2021-01-28T00:00:00Z\",\"to\":\"2021-02-01T00:00:00Z\",\"retrain\":\"often\"} | retrain must be written like 12h or 30d, found 'often'",
                "{\"interval\":\"1h\",\"from\":\"2021-01-28T00:00:00Z\",\"to\":\"2021-02-01T00:00:00Z\",\"retrain\":\"5m\",\"algorithm\":\"lstm\"} | retrain must be at least a candle of 1h, found 5m",
                "{\"interval\":\"1h\",\"from\":\"2021-01-28T00:00:00Z\",\"to\":\"2022-02-01T00:00:00Z\",\"retrain\":\"1h\",\"algorithm\":\"lstm\"} | a backtest makes at most 400 models",
                "{\"interval\":\"2h\",\"from\":\"2021-01-28T00:00:00Z\",\"to\":\"2021-02-01T00:00:00Z\"} | unknown interval '2h'",
                "{\"interval\":\"1h\",\"assets\":[\"bitcon\"],\"from\":\"2021-01-28T00:00:00Z\",\"to\":\"2021-02-01T00:00:00Z\",\"algorithm\":\"lstm\"} | \"loc\":[\"body\",\"assets\",0],\"msg\":\"there are no 1h candles of it, there are of bitcoin\"",
                "{\"interval\":\"1h\",\"from\":\"2025-01-28T00:00:00Z\",\"to\":\"2025-02-01T00:00:00Z\",\"algorithm\":\"lstm\"} | those of bitcoin are from 2021-01-01T00:00:00Z to 2021-02-03T08:00:00Z",
                "{\"interval\":\"1h\",\"from\":\"2021-01-10T00:00:00Z\",\"to\":\"2021-02-01T00:00:00Z\",\"algorithm\":\"lstm\"} | from 2021-01-20T12:00:00Z on there is enough",
                "{\"interval\":\"1h\",\"until\":1} | until"
            })
    void whatMakesNoSenseOrCannotBeDoneIsRefused(String request, String why) {
        HttpResponse<String> answer = service.answer("/backtests", request);

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(422);
        assertThat(answer.body()).contains(why);
    }

    @Test
    void aBacktestThatIsNotThereIsNotFound() {
        assertThat(service.fetch("/backtests/none/forecasts.csv", "text/csv").statusCode())
                .isEqualTo(404);
        assertThat(service.fetch("/backtests/none", "*/*").body()).contains("there is no backtest 'none'");
    }

    private JsonNode ended(String id) {
        eventually(() -> assertThat(
                        service.get("/backtests/" + id).path("finished_at").isNull())
                .isFalse());
        return service.get("/backtests/" + id);
    }

    private static List<String> data(Stream<String> events) {
        return events.filter(line -> line.startsWith("data:")).toList();
    }

    private String text(String path, String accept) {
        HttpResponse<String> answer = service.fetch(path, accept);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return answer.body();
    }

    private static String request(String id) {
        return """
                {"id": "%s", "interval": "1h", "assets": ["bitcoin"], "retrain": "100h", "algorithm": "lstm", %s}""".formatted(id, TIME);
    }

    private static Instant hour(int hour) {
        return TestCandles.START.plus(Duration.ofHours(hour));
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}
