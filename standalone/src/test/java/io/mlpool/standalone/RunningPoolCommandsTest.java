package io.mlpool.standalone;

import static io.mlpool.standalone.Commands.execute;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What commands ask of a pool that runs, and what they say when it is not clear what is meant. */
class RunningPoolCommandsTest {

    private static final String COVERAGE = """
            [{"asset":"bitcoin","interval":"5m","candles":9000},{"asset":"bitcoin","interval":"1h","candles":700},
             {"asset":"ethereum","interval":"1h","candles":600}]""";

    @TempDir
    private Path home;

    @Test
    void ofSeveralModelsTheOneWithMostCandlesIsAskedAndTheCommandSaysSo() throws IOException {
        try (FakePool pool = FakePool.in(home)
                .answering("/models", models("1h", "5m"))
                .answering("/coverage", COVERAGE)
                .answering("/predict", "{}")) {
            Commands.Result result = execute("predict", "bitcoin", "--home", home.toString());

            assertThat(result.code()).as(result.err()).isZero();
            assertThat(result.err())
                    .isEqualTo(
                            "mlpool: models answer for 1h and 5m; this is from candles of 5m, as --interval 5m would say%n"
                                    .formatted());
            assertThat(pool.lastBody()).isEqualTo("{\"asset\":\"bitcoin\",\"interval\":\"5m\"}");
        }
    }

    @Test
    void whereOneModelIsLiveOrTheIntervalIsNamedNothingIsChosen() throws IOException {
        try (FakePool pool =
                FakePool.in(home).answering("/models", models("1h")).answering("/predict", "{}")) {
            assertThat(execute("predict", "bitcoin", "--home", home.toString()).err())
                    .isEmpty();
            assertThat(pool.lastBody()).isEqualTo("{\"asset\":\"bitcoin\"}");

            execute("predict", "bitcoin", "--interval", "1d", "--home", home.toString());
            assertThat(pool.lastBody()).isEqualTo("{\"asset\":\"bitcoin\",\"interval\":\"1d\"}");
        }
    }

    @Test
    void assetThatThePoolDoesNotHoldIsNotTrainedAndThoseThatItHoldsAreNamed() throws IOException {
        try (FakePool pool = FakePool.in(home).answering("/coverage", COVERAGE)) {
            Commands.Result result =
                    execute("train", "--interval", "1h", "--assets", "bitcoin,nix", "--home", home.toString());

            assertThat(result.code()).isEqualTo(1);
            assertThat(result.err())
                    .isEqualTo(
                            "mlpool: --assets: the pool holds no 1h candles of nix; it holds those of bitcoin, ethereum%n"
                                    .formatted());
            assertThat(pool.lastBody()).isEmpty();
        }
    }

    @Test
    void studyShowsWhatWasTriedHowGoodItIsAndWhatBecameOfTheBest() throws IOException {
        Path file = Files.writeString(
                home.resolve("study.json"), "{\"id\":\"s\",\"interval\":\"1h\",\"grid\":{\"width\":[16,64]}}");
        try (FakePool pool = FakePool.in(home)
                .answering("/studies", "{\"id\":\"s\"}")
                .answering(
                        "/studies/s",
                        "{\"closed_at\":\"2026-01-01T00:00:00Z\",\"best_trial\":1,\"best_run\":\"s-best\"}")
                .answering("/studies/s/trials", """
                        [{"number":0,"run_id":"s-0","state":"failed","hyper_parameters":{"width":"16"},"learn_from":[],"seed":1,"skill":null},
                         {"number":1,"run_id":"s-1","state":"succeeded","hyper_parameters":{"width":"64"},"learn_from":["bitcoin"],"seed":1,"skill":2.5}]""")
                .answering("/runs", "{\"state\":\"succeeded\"}")) {
            Commands.Result result = execute("study", file.toString(), "--home", home.toString());

            assertThat(result.code()).as(result.err()).isZero();
            assertThat(result.out().lines().map(String::strip))
                    .contains(
                            "Trial 0: width 16, seed 1",
                            "0    failed  width 16, seed 1",
                            "1     +2.50  width 64, learns from bitcoin, seed 1",
                            "Training trial 1 in full");
            assertThat(pool.lastBody()).isEmpty();
        }
    }

    @Test
    void studyThatNobodyWouldExecuteIsNotWaitedFor() throws IOException {
        Path file = Files.writeString(home.resolve("study.json"), "{\"id\":\"s\",\"executed_by\":\"job\"}");

        assertThat(execute("study", file.toString(), "--home", home.toString()).err())
                .startsWith("mlpool: " + file + " is for pods of a job");
    }

    @Test
    void studyWhoseFileIsMissingOrNoJsonSaysSo() throws IOException {
        Path text = Files.writeString(home.resolve("study.txt"), "width: 16");

        assertThat(execute("study", home.resolve("none.json").toString(), "--home", home.toString())
                        .err())
                .startsWith("mlpool: there is no file " + home.resolve("none.json"));
        assertThat(execute("study", text.toString(), "--home", home.toString()).err())
                .startsWith("mlpool: " + text + " is no JSON: ");
    }

    @Test
    void backtestTellsHowFarItIsWhatCameOfItAndLeavesItsFiles() throws IOException {
        Path out = home.resolve("out");
        try (FakePool pool = FakePool.in(home)
                .answering("/coverage", COVERAGE)
                .answering("/backtests", "{\"id\":\"b\"}")
                .answering("/backtests/b", """
                        {"state":"succeeded","finished_at":"2026-01-01T00:00:00Z","progress":{"message":"Training fold 2 of 7","epoch":3,"epochs":8}}""")
                .answering("/backtests/b/report", "| horizon | 1h |")
                .answering("/backtests/b/forecasts.csv", "asset,made_at")) {
            Commands.Result result = execute(
                    "backtest",
                    "--asset=bitcoin",
                    "--asset=ethereum",
                    "--from=2023-01-01",
                    "--to=2023-06-30T12:00:00Z",
                    "--retrain=7d",
                    "--out=" + out,
                    "--home=" + home);

            assertThat(result.code()).as(result.err()).isZero();
            assertThat(pool.bodies())
                    .contains(
                            "{\"assets\":[\"bitcoin\",\"ethereum\"],\"from\":\"2023-01-01T00:00:00Z\",\"to\":\"2023-06-30T12:00:00Z\",\"retrain\":\"7d\",\"interval\":\"5m\"}");
            assertThat(result.out().lines())
                    .contains(
                            "Training fold 2 of 7, epoch 3 of 8",
                            "| horizon | 1h |",
                            "With plots: %s, every forecast: %s"
                                    .formatted(out.resolve("report.html"), out.resolve("forecasts.csv")));
            assertThat(out.resolve("forecasts.csv")).content().isEqualTo("asset,made_at");
        }
    }

    @Test
    void backtestThatFailsSaysWhyAndEndsSo() throws IOException {
        try (FakePool pool = FakePool.in(home)
                .answering("/backtests", "{\"id\":\"b\"}")
                .answering(
                        "/backtests/b",
                        "{\"state\":\"failed\",\"finished_at\":\"2026-01-01T00:00:00Z\",\"error\":\"there are gaps\"}")) {
            Commands.Result result =
                    execute("backtest", "--interval=1h", "--from=2023-01-01", "--to=2023-06-30", "--home=" + home);

            assertThat(result.code()).isEqualTo(1);
            assertThat(result.out().lines()).contains("Backtest failed: there are gaps");
            assertThat(pool.bodies().getFirst()).contains("\"assets\":[]", "\"interval\":\"1h\"");
        }
    }

    @Test
    void backtestThatWaitsSaysForWhomAndNotForItself() throws IOException {
        String running = "[{\"id\":\"b\",\"state\":\"running\"},{\"id\":\"older\",\"state\":\"running\"}]";
        try (FakePool pool = FakePool.in(home)
                .answeringPost("/backtests", "{\"id\":\"b\"}", running)
                .answering("/backtests/b", "{\"state\":\"queued\",\"finished_at\":\"2026-01-01T00:00:00Z\"}")) {
            assertThat(execute("backtest", "--interval=1h", "--from=2023-01-01", "--to=2023-06-30", "--home=" + home)
                            .out())
                    .contains("It waits until backtest older is over; curl -X POST " + pool.url()
                            + "/backtests/older/cancel ends that one");
        }
    }

    @Test
    void backtestOfADayThatIsNoneIsNotStarted() {
        assertThat(execute("backtest", "--from=2023-02-30", "--to=2023-06-30", "--home=" + home)
                        .err())
                .startsWith("mlpool: --from must be a day like 2026-01-31 or a time like");
    }

    private static String models(String... intervals) {
        StringBuilder models = new StringBuilder("{\"models\":[{\"name\":\"price-4h\",\"live\":{}}");
        for (String interval : intervals) {
            models.append(",{\"name\":\"price-%s\",\"live\":{\"champion\":{\"interval\":\"%s\"}}}"
                    .formatted(interval, interval));
        }
        return models.append("]}").toString();
    }
}
