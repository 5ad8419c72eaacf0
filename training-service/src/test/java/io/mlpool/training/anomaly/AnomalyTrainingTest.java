package io.mlpool.training.anomaly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.mlpool.anomaly.AnomalyBundle;
import io.mlpool.anomaly.AnomalyManifest;
import io.mlpool.anomaly.Dimension;
import io.mlpool.market.Interval;
import io.mlpool.model.Algorithm;
import io.mlpool.model.BrokenBundleException;
import io.mlpool.model.ForecastBundle;
import io.mlpool.model.OnnxRows;
import io.mlpool.registry.Alias;
import io.mlpool.registry.FolderRegistry;
import io.mlpool.registry.ModelVersion;
import io.mlpool.testing.TestDatabase;
import io.mlpool.training.TestCandles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AnomalyTrainingTest {

    private static TestDatabase database;

    @TempDir
    Path storage;

    private FolderRegistry registry;
    private final TrainedAnomalies.Heard heard = new TrainedAnomalies.Heard();

    @BeforeAll
    static void loadAMarket() {
        database = TrainedAnomalies.market();
    }

    @BeforeEach
    void openRegistry() {
        registry = new FolderRegistry(storage.resolve("registry"));
    }

    @Test
    void theFirstForestThatBeatsTheNaiveDetectorGoesLive() {
        AnomalyTraining.Outcome outcome = train("first");

        assertThat(outcome.decision().promoted())
                .as(outcome.decision().reason())
                .isTrue();
        assertThat(registry.target("anomaly-1h", Alias.CHAMPION)).hasValue(outcome.version());
        ModelVersion version = registry.find("anomaly-1h", 1).orElseThrow();
        assertThat(version.tags())
                .containsEntry("promoted", "true")
                .containsEntry("algorithm", "isolation-forest")
                .containsEntry("decision", outcome.decision().reason());
        assertThat(version.tags().get("decision")).startsWith("Promoted: it told ");
    }

    @Test
    void aBundleSaysWhatItIsAndScoresWithoutTheForest() {
        train("first");

        AnomalyBundle bundle =
                AnomalyBundle.of(registry.fetch(registry.find("anomaly-1h", 1).orElseThrow()));
        AnomalyManifest manifest = bundle.manifest();
        assertThat(manifest.algorithm()).isEqualTo(Algorithm.ISOLATION_FOREST);
        assertThat(manifest.candles()).isEqualTo(Interval.ONE_HOUR);
        assertThat(manifest.dimensions())
                .as("no value locked is known")
                .containsExactly(Dimension.RETURN, Dimension.VOLUME, Dimension.RANGE, Dimension.SPREAD);
        assertThat(manifest.market()).containsExactly("aave", "bitcoin", "ethereum", "maker", "uniswap");
        assertThat(manifest.provenance().dataVersion()).hasSize(64);
        assertThat(manifest.provenance().trainedUntil())
                .as("threshold included, a quarter of the time is held out")
                .isBetween(
                        TestCandles.START.plus(Duration.ofHours(1_870)),
                        TestCandles.START.plus(Duration.ofHours(1_880)));
        assertThat(manifest.metrics())
                .containsKeys("alarms_per_week", "stability", "detection_spike", "naive_detection_all");
        try (OnnxRows graph = bundle.load()) {
            bundle.golden().verify(graph::answers);
        }
    }

    @Test
    void whatIsMeasuredIsMeasuredOnCandlesAfterAllThatTheModelIsMadeOf() {
        train("first");

        AnomalyEvaluation evaluation = (AnomalyEvaluation) heard.all.get(1);
        assertThat(evaluation.from())
                .isEqualTo(registry.fetch(registry.find("anomaly-1h", 1).orElseThrow())
                        .header()
                        .provenance()
                        .trainedUntil()
                        .plus(Duration.ofHours(12)));
        assertThat(evaluation.alarmsOfBudget()).isCloseTo(1, within(0.6));
        assertThat(evaluation.stability()).isBetween(0.7, 1.0);
        assertThat(evaluation.detection().get("volume_jump")).isGreaterThan(0.15);
        assertThat(evaluation.naiveDetection().get("volume_jump"))
                .as("the return alone says nothing of the volume")
                .isLessThan(0.05);
    }

    @Test
    void aRunThatIsExecutedAgainRegistersNothingMore() {
        AnomalyTraining.Outcome first = train("first");

        AnomalyTraining.Outcome again = train("first");

        assertThat(again).isEqualTo(first);
        assertThat(registry.versions("anomaly-1h")).hasSize(1);
    }

    @Test
    void aRunThatWasKilledBeforeItsVersionWentLiveIsCarriedOut() {
        train("first");
        registry.unassign("anomaly-1h", Alias.CHAMPION);

        train("first");

        assertThat(registry.target("anomaly-1h", Alias.CHAMPION)).hasValue(1);
    }

    @Test
    void theSameForestIsNotWorseThanItself() {
        train("first");

        AnomalyDecision decision = train("second").decision();

        assertThat(decision.championVersion()).isEqualTo(1);
        assertThat(decision.againstChampion()).isNotNull();
        assertThat(decision.againstChampion().difference()).isZero();
        assertThat(decision.promoted()).as(decision.reason()).isTrue();
        assertThat(registry.target("anomaly-1h", Alias.CHAMPION)).hasValue(2);
    }

    @Test
    void aCandidateWhoseChampionWasReplacedMeanwhileIsNotPromoted() {
        train("first");
        train("second");
        train("third");
        registry.assign("anomaly-1h", Alias.CHAMPION, 1);

        AnomalyDecision decision = train("third").decision();

        assertThat(decision.promoted()).isFalse();
        assertThat(decision.reason()).contains("meanwhile version 1 became the champion");
    }

    @Test
    void aForestThatTellsTooMuchIsRegisteredButDoesNotGoLive() {
        AnomalySettings strict = new AnomalySettings(
                TrainedAnomalies.SETTINGS.budget(),
                TrainedAnomalies.SETTINGS.forest(),
                0.25,
                0.25,
                150,
                new AnomalySettings.Rules(0.999, 1.001, 0.05, 0.05, 500));

        AnomalyDecision decision = TrainedAnomalies.training(database, registry, storage, strict)
                .execute(TrainedAnomalies.spec("loud"), heard)
                .decision();

        assertThat(decision.reason()).startsWith("Not promoted: it told ");
        assertThat(registry.target("anomaly-1h", Alias.CHAMPION)).isEmpty();
        assertThat(registry.versions("anomaly-1h")).hasSize(1);
    }

    @Test
    void aChampionThatCannotBeReadIsNotReplacedUnseen() throws IOException {
        train("first");
        Files.writeString(storage.resolve("registry/anomaly-1h/versions/1/bundle/bundle.json"), "{}");

        AnomalyDecision decision = train("second").decision();

        assertThat(decision.promoted()).isFalse();
        assertThat(decision.reason()).contains("the champion, version 1, cannot be read");
    }

    @Test
    void aBundleOfAnotherTaskIsNotOneOfAnomalies() {
        train("first");

        assertThatThrownBy(() -> ForecastBundle.of(
                        registry.fetch(registry.find("anomaly-1h", 1).orElseThrow())))
                .isInstanceOf(BrokenBundleException.class);
    }

    @Test
    void tooLittleToLearnFromIsSaid() {
        AnomalySpec spec = new AnomalySpec(
                "short",
                Interval.ONE_HOUR,
                List.of("bitcoin"),
                Optional.of(TestCandles.START.plus(Duration.ofHours(620))),
                1);

        assertThatThrownBy(() -> TrainedAnomalies.training(database, registry, storage, TrainedAnomalies.SETTINGS)
                        .execute(spec, heard))
                .hasMessageContaining("fetch more history first");
    }

    private AnomalyTraining.Outcome train(String runId) {
        return TrainedAnomalies.training(database, registry, storage, TrainedAnomalies.SETTINGS)
                .execute(TrainedAnomalies.spec(runId), heard);
    }
}
