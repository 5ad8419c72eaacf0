package io.mlpool.training.backtest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import io.mlpool.encryption.Encryption;
import io.mlpool.encryption.KeyFile;
import io.mlpool.encryption.StoredFile;
import io.mlpool.encryption.StoredFolder;
import io.mlpool.market.Interval;
import io.mlpool.model.Algorithm;
import io.mlpool.model.Horizon;
import io.mlpool.testing.TestDatabase;
import io.mlpool.training.Assignment;
import io.mlpool.training.Databases;
import io.mlpool.training.FakeTrainer;
import io.mlpool.training.SmallSettings;
import io.mlpool.training.TestCandles;
import io.mlpool.training.TrainedModel;
import io.mlpool.training.Trainer;
import io.mlpool.training.Trainers;
import io.mlpool.training.dataset.WindowSet;
import io.mlpool.training.naive.NaiveTrainer;
import io.mlpool.training.pipeline.Retrainings;
import io.mlpool.training.pipeline.RunEvent;
import io.mlpool.training.pipeline.TrainingSettings;
import io.mlpool.training.report.BacktestFold;
import io.mlpool.training.report.BacktestResult;
import io.mlpool.training.report.ReportFolder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two coins over 1,500 hours; a backtest of the last 600, retraining every ten days: three models. */
class BacktestTest {

    private static final int BARS = 1500;
    private static final Instant FROM = hour(900);
    private static final Duration RETRAIN = Duration.ofDays(10);
    private static final int LEARNED = 1000;

    private static final TrainingSettings SETTINGS = SmallSettings.of(2);

    private static final TestDatabase MARKET = market(BARS, 1);

    private final FakeTrainer trainer = new FakeTrainer(0.5f, 0);

    @TempDir
    private Path storage;

    private TestDatabase database = MARKET;

    @Test
    void whatWasForecastDoesNotChangeWhateverComesLater() throws IOException {
        Instant second = FROM.plus(RETRAIN);
        backtest(new Prying()).execute(spec("as-it-was", List.of("bitcoin")), event -> {});
        database = market(900 + 240, 5);

        backtest(new Prying()).execute(spec("otherwise", List.of("bitcoin")), event -> {});

        List<String> before = said("as-it-was", second, true);
        assertThat(before).hasSize(2 * (240 + 1));
        assertThat(said("otherwise", second, true)).isEqualTo(before);
        assertThat(said("otherwise", second, false))
                .as("models that saw the other candles")
                .doesNotContainAnyElementsOf(said("as-it-was", second, false));
    }

    @Test
    void modelsLearnFromAllAssetsAndForecastThoseThatAreAskedFor() throws IOException {
        BacktestResult result = backtest(trainer).execute(spec("one", List.of("bitcoin")), event -> {});

        assertThat(result.data().assets()).containsExactly("bitcoin", "ethereum");
        assertThat(result.evaluation().assets()).isEqualTo(1);
        assertThat(result.evaluation().windows()).isEqualTo(600);
        assertThat(table("one")).hasSize(2 * 600).allMatch(line -> line.startsWith("bitcoin,"));
        assertThat(trainer.trainSlices()).hasSize(3).allSatisfy(slice -> assertThat(
                        IntStream.range(0, slice.size()).mapToObj(slice::asset).distinct())
                .containsExactlyInAnyOrder("bitcoin", "ethereum"));
        assertThat(result.folds())
                .extracting(BacktestFold::trainedUntil)
                .as("the last outcome that a model saw is older than its first forecast")
                .containsExactly(hour(899), hour(1139), hour(1379));
        assertThat(result.folds()).extracting(BacktestFold::learned).containsExactly(LEARNED, LEARNED, LEARNED);
        assertThat(result.folds().getFirst().available()).isEqualTo(2 * (900 - 4 - 364));
    }

    @Test
    void everyForecastStandsInTheTableWithItsLosses() throws IOException {
        BacktestResult result = backtest(trainer).execute(spec("table", List.of()), event -> {});

        assertThat(rows("table")).hasSize(2 * 2 * 600);
        List<Map<String, String>> hourly = rows("table").stream()
                .filter(row -> cell(row, "horizon").equals("1h"))
                .toList();
        double moves = sum(hourly, row -> Math.abs(number(row, "scaled_return")));
        var score = result.evaluation().horizons().getFirst();
        assertThat(sum(hourly, row -> number(row, "loss")) / moves).isCloseTo(score.wql(), within(1e-4));
        assertThat(sum(hourly, row -> number(row, "random_walk_loss")) / moves)
                .isCloseTo(score.naiveWql(), within(1e-4));
        assertThat(100
                        * sum(hourly, row -> Math.abs(number(row, "outcome") / number(row, "price") - 1))
                        / hourly.size())
                .isCloseTo(result.errors().getFirst().lastPriceMae(), within(1e-3));
        assertThat(hourly).allSatisfy(row -> {
            assertThat(number(row, "q5")).isLessThan(number(row, "q50"));
            assertThat(number(row, "q50")).isLessThan(number(row, "q95"));
            assertThat(Instant.parse(cell(row, "target_time")))
                    .isEqualTo(Instant.parse(cell(row, "made_at")).plus(Duration.ofHours(1)));
        });
        assertThat(result.againstNaive().overall().improvement())
                .as("a median that is always moved up is worse than the walk")
                .isNegative();
    }

    @Test
    void killedAnywhereItGoesOnFromTheLastEpochToTheSameEnd() throws IOException {
        BacktestResult undisturbed = backtest(trainer).execute(spec("whole", List.of()), event -> {});
        FakeTrainer killed = new FakeTrainer(0.5f, 0);
        for (Killing killing : List.of(new Killing(1, 2), new Killing(2, 0), new Killing(2, 1), new Killing(3, 0))) {
            assertThatExceptionOfType(Killed.class)
                    .isThrownBy(() -> backtest(killed).execute(spec("cut", List.of()), killing));
        }

        BacktestResult resumed = backtest(killed).execute(spec("cut", List.of()), event -> {});

        assertThat(resumed).isEqualTo(undisturbed);
        assertThat(table("cut")).isEqualTo(table("whole"));
        assertThat(killed.epochs()).hasSize(3 * FakeTrainer.EPOCHS).doesNotHaveDuplicates();
    }

    @Test
    void thePageHoldsTablesAndFiguresAndNeedsNothingElse() throws IOException {
        backtest(trainer).execute(spec("page", List.of()), event -> {});

        ReportFolder report =
                BacktestFolder.of(StoredFolder.plain(storage), "page").report();
        String page = Files.readString(report.find(ReportFolder.PAGE).orElseThrow());
        assertThat(page)
                .contains("Backtest of lstm on 1h candles of all assets", "by 3 models", "p against the random walk")
                .contains(
                        "The last forecasts on the price, 4h ahead",
                        "Skill over time",
                        "Calibration over the whole time")
                .doesNotContain("could not be drawn", "<script", "NaN");
    }

    @Test
    void whereEncryptionIsOnTheTableIsNowhereInPlain(@TempDir Path elsewhere) throws IOException {
        KeyFile keys = new KeyFile(elsewhere.resolve("keys.json"));
        keys.create();
        StoredFolder encrypted = new StoredFolder(storage, Encryption.with(keys.path()));

        backtest(trainer, encrypted).execute(spec("secret", List.of()), event -> {});

        StoredFile table = BacktestFolder.of(encrypted, "secret").forecasts();
        assertThat(table.path()).hasFileName("forecasts.csv.enc");
        assertThat(new String(table.bytes(), StandardCharsets.UTF_8).lines()).hasSize(1 + 2 * 2 * 600);
        try (Stream<Path> files = Files.list(storage.resolve("backtests/secret"))) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder(
                            "params.json", "epochs.jsonl", "fold-1", "fold-2", "fold-3", "forecasts.csv.enc", "report");
        }
    }

    private Backtest backtest(Trainer trainer) {
        return backtest(trainer, StoredFolder.plain(storage));
    }

    private Backtest backtest(Trainer trainer, StoredFolder folder) {
        return new Backtest(
                new Retrainings(
                        Databases.reader(database.dataSource()),
                        new Trainers(List.of(new NaiveTrainer(), trainer)),
                        SETTINGS),
                folder);
    }

    private static BacktestSpec spec(String id, List<String> assets) {
        return new BacktestSpec(
                id,
                Interval.ONE_HOUR,
                assets,
                FROM,
                hour(BARS),
                new Horizon(RETRAIN),
                Algorithm.LSTM,
                1,
                Map.of(),
                LEARNED);
    }

    /** Prices that go another way after so many hours. */
    private static TestDatabase market(int same, long otherwise) {
        TestDatabase database = TestDatabase.create();
        TestCandles candles = new TestCandles(database.dataSource());
        for (String asset : List.of("bitcoin", "ethereum")) {
            double[] closes = TestCandles.walk(BARS, 0, asset.hashCode());
            double[] other = TestCandles.walk(BARS, 0.001, otherwise);
            for (int i = same; i < BARS; i++) {
                closes[i] = closes[same - 1] * Math.pow(other[i] / other[same - 1], 3);
            }
            candles.load(asset, Interval.ONE_HOUR, TestCandles.START, closes);
        }
        return database;
    }

    private static Instant hour(int bar) {
        return TestCandles.START.plus(Duration.ofHours(bar));
    }

    /** What was forecast until a time, itself included, or after it: without what came of it. */
    private List<String> said(String id, Instant time, boolean until) throws IOException {
        return table(id).stream()
                .filter(row -> Instant.parse(row.split(",", -1)[1]).isAfter(time) != until)
                .map(row -> String.join(",", Arrays.asList(row.split(",", -1)).subList(0, 12)))
                .toList();
    }

    private List<String> table(String id) throws IOException {
        return lines(id).subList(1, lines(id).size());
    }

    private List<String> lines(String id) throws IOException {
        return Files.readAllLines(
                BacktestFolder.of(StoredFolder.plain(storage), id).forecasts().path());
    }

    /** Cells by the name of their column. */
    private List<Map<String, String>> rows(String id) throws IOException {
        String[] names = lines(id).getFirst().split(",", -1);
        return table(id).stream()
                .map(row -> row.split(",", -1))
                .map(row ->
                        IntStream.range(0, names.length).boxed().collect(Collectors.toMap(i -> names[i], i -> row[i])))
                .toList();
    }

    private static String cell(Map<String, String> row, String column) {
        return Objects.requireNonNull(row.get(column), column);
    }

    private static double number(Map<String, String> row, String column) {
        return Double.parseDouble(cell(row, column));
    }

    private static double sum(List<Map<String, String>> rows, ToDoubleFunction<Map<String, String>> value) {
        return rows.stream().mapToDouble(value).sum();
    }

    /** A trainer whose answer depends on all that it is shown, what tells it when to stop included. */
    private record Prying(FakeTrainer fake) implements Trainer {

        Prying() {
            this(new FakeTrainer(0));
        }

        @Override
        public Algorithm algorithm() {
            return Algorithm.LSTM;
        }

        @Override
        public Map<String, String> settings() {
            return Map.of();
        }

        @Override
        public Trainer with(Map<String, String> hyperParameters) {
            return this;
        }

        @Override
        public TrainedModel train(WindowSet train, WindowSet validation, Assignment assignment) {
            return fake.train(train.and(validation), validation, assignment);
        }
    }

    /**
     * Ends an execution in the middle of a model, or before it.
     *
     * @param epoch that it has finished by then; 0 when it is yet to be made
     */
    private record Killing(int model, int epoch) implements Backtest.Listener {

        @Override
        public void begins(int fold, int of) {
            killIf(epoch == 0 && fold == model);
        }

        @Override
        public void heard(RunEvent event) {
            killIf(event instanceof RunEvent.EpochFinished finished
                    && finished.number() == model
                    && finished.epoch().number() == epoch);
        }

        private static void killIf(boolean now) {
            if (now) {
                throw new Killed();
            }
        }
    }

    private static final class Killed extends RuntimeException {}
}
