package io.mlpool.training.risk.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.mlpool.encryption.StoredFolder;
import io.mlpool.market.CandleStore;
import io.mlpool.market.Interval;
import io.mlpool.model.Algorithm;
import io.mlpool.protocols.ProtocolStore;
import io.mlpool.registry.Alias;
import io.mlpool.registry.FolderRegistry;
import io.mlpool.registry.ModelRegistry;
import io.mlpool.registry.ModelVersion;
import io.mlpool.risk.RiskAssessment;
import io.mlpool.risk.RiskBundle;
import io.mlpool.risk.RiskModel;
import io.mlpool.testing.SettableClock;
import io.mlpool.testing.TestDatabase;
import io.mlpool.training.Databases;
import io.mlpool.training.TestCandles;
import io.mlpool.training.dataset.NoDataException;
import io.mlpool.training.risk.RiskDecision;
import io.mlpool.training.risk.RiskNotes;
import io.mlpool.training.risk.RiskTraining;
import io.mlpool.training.risk.evaluation.RiskEvaluation;
import io.mlpool.training.risk.fit.RiskFit;
import io.mlpool.training.risk.fit.RiskSettings;
import io.mlpool.training.risk.fit.TreeSettings;
import io.mlpool.training.risk.fit.VolatilityModel;
import io.mlpool.training.risk.panel.RiskData;
import io.mlpool.training.risk.panel.RiskPanel;
import io.mlpool.training.risk.panel.RiskSplit;
import io.mlpool.training.risk.study.RiskCase;
import io.mlpool.training.risk.study.RiskStudy;
import io.mlpool.training.risk.study.RiskTables;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.transaction.support.TransactionCallback;
import org.springframework.transaction.support.TransactionTemplate;

/** Eight coins with daily candles; half of them have wild months in which they fall. */
class RiskTrainingTest {

    private static final TestDatabase DATABASE = TestDatabase.create();
    private static final Instant NOW = Instant.parse("2024-01-01T00:00:00Z");
    private static final RiskSettings SETTINGS = new RiskSettings(
            Interval.ONE_DAY,
            List.of("coin-0", "coin-1"),
            RiskSettings.DEFAULT.events().subList(0, 1),
            0.25,
            1_000,
            10,
            new TreeSettings(3, 0.1, 5, 0.8, 0.8, 1, 20, 2, 0.4),
            RiskSettings.DEFAULT.gate());

    @TempDir
    private Path folder;

    private ModelRegistry registry;
    private RiskRuns runs;
    private RiskRunTask task;

    @BeforeAll
    static void market() {
        TestCandles candles = new TestCandles(DATABASE.dataSource());
        for (int coin = 0; coin < 8; coin++) {
            candles.load("coin-" + coin, Interval.ONE_DAY, TestCandles.START, prices(coin));
        }
    }

    @BeforeEach
    void open() {
        DATABASE.jdbc().sql("DELETE FROM risk_run").update();
        registry = new FolderRegistry(folder.resolve("registry"));
        runs = new RiskRuns(DATABASE.jdbc(), new SettableClock(NOW));
        task = new RiskRunTask(runs, training(SETTINGS));
    }

    @Test
    void runMakesAModelBesideTheSimpleOneAndTellsWhatWasDecided() {
        runs.add("first", "risk-7d", "request", 1);

        assertThat(task.execute("first")).isEmpty();

        RiskRunView run = runs.find("first").orElseThrow();
        assertThat(run.state()).as(String.valueOf(run.error())).isEqualTo("succeeded");
        assertThat(Objects.requireNonNull(run.evaluation())
                        .path("model")
                        .path("roc_area")
                        .asDouble())
                .isGreaterThan(0.6);
        assertThat(Objects.requireNonNull(run.decision()).path("comparisons").size())
                .isEqualTo(3);
        assertThat(registry.versions("risk-7d")).hasSize(2);
        ModelVersion made = registry.ofRun("risk-7d", "first").orElseThrow();
        assertThat(run.version()).isEqualTo(made.version());
        RiskBundle bundle = RiskBundle.of(registry.fetch(made));
        assertThat(bundle.manifest().algorithm()).isEqualTo(Algorithm.XGBOOST);
        assertThat(bundle.manifest().metrics()).containsKeys("roc_auc", "volatility_brier");
        int live = registry.target("risk-7d", Alias.CHAMPION).orElseThrow();
        assertThat(live == made.version())
                .isEqualTo(
                        Objects.requireNonNull(run.decision()).path("promoted").asBoolean());
    }

    @Test
    void simpleModelSaysWhatVolatilityAloneSaysAndNothingElseContributes() {
        runs.add("simple", "risk-7d", "request", 1);
        task.execute("simple");

        RiskBundle simple = RiskBundle.of(
                registry.fetch(registry.ofRun("risk-7d", "simple-naive").orElseThrow()));
        RiskPanel panel = data().read(SETTINGS.interval(), SETTINGS.market()).labelled(SETTINGS.event("risk-7d"));
        RiskSplit split = RiskSplit.of(panel, SETTINGS.judged());
        VolatilityModel volatility = VolatilityModel.fit(split.fitted());
        assertThat(simple.manifest().algorithm()).isEqualTo(Algorithm.NAIVE);
        try (RiskModel model = simple.load()) {
            List<RiskAssessment> said = model.assess(split.judged().rows());
            assertThat(said).allSatisfy(one -> {
                double probability = VolatilityModel.probability(one.margin());
                assertThat(Math.abs(probability - VolatilityModel.probability(volatility.margin(one.row()))))
                        .isLessThan(0.05);
                assertThat(one.contributions().entrySet().stream().filter(entry -> entry.getValue() != 0))
                        .allMatch(entry -> entry.getKey().label().equals("volatility_30d"));
            });
        }
    }

    @Test
    void runThatWasKilledAnywhereRegistersOnceAndTheSame() {
        runs.add("killed", "risk-7d", "request", 1);
        RiskTraining training = training(SETTINGS);
        for (Killing killing : List.of(new Killing(true, false), new Killing(false, true))) {
            RiskRuns.Begun begun = runs.begin("killed").orElseThrow();
            assertThatExceptionOfType(Killed.class)
                    .isThrownBy(() -> training.execute(begun.run(), killing.around(runs.notes(begun))));
        }
        assertThat(task.execute("killed")).isEmpty();

        assertThat(runs.find("killed").orElseThrow().state()).isEqualTo("succeeded");
        assertThat(registry.versions("risk-7d"))
                .extracting(ModelVersion::runId)
                .containsExactly("killed-naive", "killed");
    }

    @Test
    void olderExecutionThatStillLivesWritesNothingMore() {
        runs.add("taken", "risk-7d", "request", 1);
        RiskRuns.Begun old = runs.begin("taken").orElseThrow();
        RiskRuns.Begun newer = runs.begin("taken").orElseThrow();

        runs.end(old, "failed", "too late");
        assertThat(runs.find("taken").orElseThrow().state()).isEqualTo("running");
        runs.end(newer, "succeeded", null);
        assertThat(runs.begin("taken")).isEmpty();
    }

    @Test
    void runOfAProcessThatEndsGoesOnElsewhere() {
        runs.add("stopped", "risk-7d", "request", 1);

        assertThat(task(() -> {
                            throw new CancellationException("interrupted");
                        })
                        .execute("stopped"))
                .isPresent();

        assertThat(runs.find("stopped").orElseThrow().state()).isEqualTo("running");
    }

    @Test
    void runThatDoesNotFitIntoMemoryFailsInsteadOfBeginningAgainForever() {
        runs.add("large", "risk-7d", "request", 1);

        assertThat(task(() -> {
                            throw new OutOfMemoryError("Java heap space");
                        })
                        .execute("large"))
                .isEmpty();

        assertThat(runs.find("large").orElseThrow().error()).isEqualTo("Java heap space");
    }

    @Test
    void lossesThatAllCameTooLateToCalibrateOnAreTooLittle() {
        RiskPanel quiet = data().read(SETTINGS.interval(), SETTINGS.market())
                .labelled(SETTINGS.event("risk-7d"))
                .where(sample -> !sample.event());

        assertThatExceptionOfType(NoDataException.class)
                .isThrownBy(() -> RiskFit.of(quiet, SETTINGS, 1))
                .withMessageContaining("longer history");
    }

    @Test
    void tooLittleToLearnFromIsSaidAndSkipped() {
        RiskSettings demanding = new RiskSettings(
                Interval.ONE_DAY,
                List.of("coin-0"),
                SETTINGS.events(),
                0.25,
                1_000_000,
                10,
                SETTINGS.trees(),
                SETTINGS.gate());
        runs.add("early", "risk-7d", "schedule", 1);

        new RiskRunTask(runs, training(demanding)).execute("early");

        RiskRunView run = runs.find("early").orElseThrow();
        assertThat(run.state()).isEqualTo("skipped");
        assertThat(run.error()).contains("risk-7d needs 1,000,000 rows", "Import or fetch more 1d candles first");
        assertThat(registry.versions("risk-7d")).isEmpty();
    }

    @Test
    void studyPrintsWhatIsMeasuredAndWhatWouldHaveBeenSaidBeforeADay() {
        RiskStudy study = new RiskStudy(data().read(SETTINGS.interval(), SETTINGS.market()), SETTINGS, 1);
        Instant day = TestCandles.START.plus(Duration.ofDays(500));

        List<String> tables = RiskTables.of(study.measure(SETTINGS.event("risk-7d")));
        List<RiskCase> cases = study.cases(
                SETTINGS.event("risk-7d"), day, Set.of("coin-2"), List.of(day, day.plus(Duration.ofDays(3))));

        assertThat(tables).contains("### risk-7d", "| | model | volatility alone | base rate |");
        assertThat(tables).anyMatch(line -> line.startsWith("Assets that the model never saw, later: 20"));
        assertThat(cases).hasSize(2).allSatisfy(one -> {
            assertThat(one.trainedUntil()).isBeforeOrEqualTo(day);
            assertThat(one.of()).isEqualTo(8);
            assertThat(one.rank()).isBetween(1, 8);
        });
        assertThat(RiskTables.of(cases)).hasSize(4).anyMatch(line -> line.startsWith("| coin-2 | 2022-05-16 |"));
    }

    @Test
    void secondRunOfAModelWaitsForTheFirst() {
        assertThat(runs.add("one", "risk-7d", "request", 1)).isTrue();
        assertThat(runs.add("two", "risk-7d", "request", 1)).isFalse();
        assertThat(runs.open("risk-7d").orElseThrow().id()).isEqualTo("one");
        assertThat(runs.latest("risk-7d", 10)).hasSize(1);
        assertThat(runs.find("two")).isEmpty();
    }

    private RiskTraining training(RiskSettings settings) {
        return new RiskTraining(data(), registry, settings, StoredFolder.plain(folder));
    }

    /** Its data cannot be read. */
    @Test
    void aRunInWhichThreeProcessesDiedFailsAndSaysWhatToDo() {
        runs.add("doomed", "risk-7d", "request", 1);
        for (int process = 0; process < 3; process++) {
            runs.begin("doomed");
            runs.died("doomed");
        }

        assertThat(task.execute("doomed")).isEmpty();

        assertThat(runs.find("doomed").orElseThrow().state()).isEqualTo("failed");
        assertThat(runs.find("doomed").orElseThrow().error()).contains("Give training more (MLPOOL_MEMORY");
    }

    private RiskRunTask task(Runnable failure) {
        TransactionTemplate broken = new TransactionTemplate() {
            @Override
            public <T> T execute(TransactionCallback<T> action) {
                failure.run();
                throw new AssertionError("it fails");
            }
        };
        RiskData data = new RiskData(new CandleStore(DATABASE.jdbc()), new ProtocolStore(DATABASE.jdbc()), broken);
        return new RiskRunTask(runs, new RiskTraining(data, registry, SETTINGS, StoredFolder.plain(folder)));
    }

    private static RiskData data() {
        return new RiskData(
                new CandleStore(DATABASE.jdbc()),
                new ProtocolStore(DATABASE.jdbc()),
                Databases.transaction(DATABASE.dataSource()));
    }

    /** Every fourth month is wild for half of the coins: volatility triples, and with it what they fall. */
    private static double[] prices(int coin) {
        SplittableRandom random = new SplittableRandom(coin);
        double[] closes = new double[650];
        double price = 100;
        for (int day = 0; day < closes.length; day++) {
            boolean wild = coin % 2 == 0 && (day / 30 + coin) % 4 == 0;
            price *= Math.exp((wild ? 0.12 : 0.03) * random.nextGaussian());
            closes[day] = price;
        }
        return closes;
    }

    private static final class Killed extends RuntimeException {}

    /** Dies before what was decided is noted, or before what was done is. */
    private record Killing(boolean beforeJudged, boolean beforeCarriedOut) {

        RiskNotes around(RiskNotes notes) {
            return new RiskNotes() {

                @Override
                public Optional<RiskDecision> decision() {
                    return notes.decision();
                }

                @Override
                public void judged(RiskEvaluation evaluation, RiskDecision decision) {
                    die(beforeJudged);
                    notes.judged(evaluation, decision);
                }

                @Override
                public void carriedOut(RiskDecision decision, int version) {
                    die(beforeCarriedOut);
                    notes.carriedOut(decision, version);
                }
            };
        }

        private static void die(boolean now) {
            if (now) {
                throw new Killed();
            }
        }
    }
}
