package io.mlpool.training.ensemble;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.mlpool.encryption.StoredFile;
import io.mlpool.encryption.StoredFolder;
import io.mlpool.model.FeatureImportance.TreeShare;
import io.mlpool.training.Assignment;
import io.mlpool.training.CannotFineTuneException;
import io.mlpool.training.TrainedModel;
import io.mlpool.training.Trainer;
import io.mlpool.training.TrainerContract;
import io.mlpool.training.naive.NaiveTrainer;
import io.mlpool.training.network.LstmTrainer;
import io.mlpool.training.network.Parity;
import io.mlpool.training.network.TransformerTrainer;
import io.mlpool.training.trees.QuantileTreesTrainer;
import io.mlpool.training.trees.ScaleTreesTrainer;
import io.mlpool.training.volatility.VolatilityTrainer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.core.env.MapPropertySource;

class EnsembleTrainerTest extends TrainerContract {

    private static final AnnotationConfigApplicationContext CONTEXT = new AnnotationConfigApplicationContext();

    @TempDir
    Path folder;

    @BeforeAll
    static void start() {
        Map<String, Object> tiny = Map.ofEntries(
                Map.entry("mlpool.training.lstm.width", 8),
                Map.entry("mlpool.training.lstm.head", 8),
                Map.entry("mlpool.training.lstm.epochs", 2),
                Map.entry("mlpool.training.lstm.windows-per-epoch", 256),
                Map.entry("mlpool.training.lstm.validation-windows", 256),
                Map.entry("mlpool.training.transformer.width", 8),
                Map.entry("mlpool.training.transformer.heads", 2),
                Map.entry("mlpool.training.transformer.head", 8),
                Map.entry("mlpool.training.transformer.epochs", 2),
                Map.entry("mlpool.training.transformer.windows-per-epoch", 256),
                Map.entry("mlpool.training.transformer.validation-windows", 256),
                Map.entry("mlpool.training.xgboost.rounds", 2),
                Map.entry("mlpool.training.xgboost.epochs", 2),
                Map.entry("mlpool.training.xgboost.least-weight", 20),
                Map.entry("mlpool.training.xgboost-scale.rounds", 2),
                Map.entry("mlpool.training.xgboost-scale.epochs", 2),
                Map.entry("mlpool.training.xgboost-scale.least-weight", 20));
        CONTEXT.getEnvironment().getPropertySources().addFirst(new MapPropertySource("tiny", tiny));
        CONTEXT.register(
                LstmTrainer.class,
                TransformerTrainer.class,
                QuantileTreesTrainer.class,
                ScaleTreesTrainer.class,
                VolatilityTrainer.class,
                NaiveTrainer.class,
                EnsembleTrainer.class);
        CONTEXT.refresh();
    }

    @AfterAll
    static void stop() {
        CONTEXT.close();
    }

    @Override
    protected Trainer small() {
        return CONTEXT.getBean(EnsembleTrainer.class);
    }

    @Test
    void itSaysTheWeightedMeanOfWhatItsMembersSay() {
        TrainedModel model = train("mean", 1, epoch -> {});
        float[] window = new float[CONTRACT_STEPS * FEW.schema().width()];
        FEW_LATER.copyWindow(40, window, 0);
        double expected = 0;
        double all = 0;
        for (String label : new String[] {"lstm", "xgboost", "xgboost-scale", "volatility"}) {
            Trainer member = CONTEXT.getBeansOfType(Trainer.class).values().stream()
                    .filter(one -> one.algorithm().label().equals(label))
                    .findFirst()
                    .orElseThrow();
            double weight = Double.parseDouble(model.parameters().get("weight.%s.4h".formatted(label)));
            float[] said = member.train(FEW, FEW_LATER, assignment("alone-" + label, 1, epoch -> {}))
                    .forecaster()
                    .forecast(window, 1);
            expected += weight * said[9];
            all += weight;
        }
        assertThat(all).isCloseTo(1, within(1e-6));
        assertThat((double) model.forecaster().forecast(window, 1)[9]).isCloseTo(expected, within(1e-5));
        assertThat(model.parameters()).containsEntry("lstm.width", "8").containsKey("xgboost.best_round_1h");
        assertThat(model.trees().stream().mapToDouble(TreeShare::shap).sum()).isCloseTo(1, within(1e-9));
        assertThat(model.trees().stream().mapToDouble(TreeShare::gain).sum()).isCloseTo(1, within(1e-9));
    }

    @Test
    void weightsAreLearnedBeforeAMemberLearnsFromTheWindowsTheyAreLearnedFrom() {
        Trainer trees = small().with(Map.of("members", "xgboost,volatility,naive", "shrinkage", "0"));
        Trainer blind = trees.with(Map.of("xgboost.refit", "false", "volatility.refit", "false"));
        TrainedModel served = trees.train(FEW, FEW_LATER, assignment("served", 1, epoch -> {}));
        TrainedModel judged = blind.train(FEW, FEW_LATER, assignment("judged", 1, epoch -> {}));
        assertThat(weights(served)).isEqualTo(weights(judged)).hasSize(3 * 2);
        assertThat(served.onnx()).as("members have learned from them since").isNotEqualTo(judged.onnx());
    }

    private static Map<String, String> weights(TrainedModel model) {
        Map<String, String> weights = new TreeMap<>(model.parameters());
        weights.keySet().removeIf(name -> !name.startsWith("weight."));
        return weights;
    }

    @Test
    void aMembersSettingIsChangedUnderItsName() {
        Trainer changed = small().with(Map.of("lstm.width", "16", "shrinkage", "0.1"));
        assertThat(changed.settings()).containsEntry("lstm.width", "16").containsEntry("shrinkage", "0.1");
        assertThat(small().with(Map.of("members", "naive,volatility")).settings())
                .containsKey("volatility.ridge")
                .doesNotContainKey("lstm.width");
    }

    @Test
    void whatNoMemberHasIsRefused() {
        Stream.of(
                        Map.of("lstm.colour", "red"),
                        Map.of("naive.width", "8"),
                        Map.of("members", "lstm,oracle"),
                        Map.of("members", "lstm,ensemble"),
                        Map.of("members", "lstm,lstm"),
                        Map.of("half_life", "0h"))
                .forEach(wrong -> assertThatIllegalArgumentException()
                        .as(wrong.toString())
                        .isThrownBy(() -> small().with(wrong)));
    }

    @Test
    void fineTuningGoesOnFromTheNetworksOfAnEnsemble() {
        TrainedModel champion = train("champion", 1, epoch -> {});
        TrainedModel tuned = small().train(FEW, FEW_LATER, fineTuning(champion.network()));
        assertThat(champion.parameters()).containsEntry("lstm.fine_tuned", "false");
        assertThat(tuned.parameters()).containsEntry("lstm.fine_tuned", "true");
        assertThat(tuned.onnx()).isNotEqualTo(champion.onnx());
    }

    @Test
    void itsNetworksFitMembersOfTheSameBuildOnly() throws Exception {
        byte[] champion =
                train("champion", 1, epoch -> {}).network().orElseThrow().bytes();
        assertThatCode(() -> small().requireFit(champion, FEW_LATER)).doesNotThrowAnyException();
        assertThatExceptionOfType(CannotFineTuneException.class)
                .isThrownBy(() -> small().with(Map.of("lstm.width", "16")).requireFit(champion, FEW_LATER))
                .withMessageContaining("layers, width and head");
        assertThatExceptionOfType(CannotFineTuneException.class)
                .isThrownBy(() ->
                        small().with(Map.of("members", "naive,volatility")).requireFit(champion, FEW_LATER))
                .withMessageContaining("its networks are those of the members");
    }

    @Test
    void theNetworkOfAnotherModelIsNotTakenForAnEnsembles() throws Exception {
        StoredFile other = StoredFile.plain(Files.writeString(folder.resolve("network.zip"), "something else"));
        assertThatExceptionOfType(CannotFineTuneException.class)
                .isThrownBy(() -> small().train(FEW, FEW_LATER, fineTuning(Optional.of(other))))
                .withMessageContaining("cannot be fine-tuned")
                .withMessageContaining("[lstm, xgboost, xgboost-scale, volatility]");
    }

    @Test
    void bothNetworksCanBeMembersAndGoOnFromTheirOwn() {
        Trainer both = small().with(Map.of("members", "transformer,lstm"));
        TrainedModel champion = both.train(FEW, FEW_LATER, assignment("both", 1, epoch -> {}));
        assertThat(Parity.check(champion, FEW_LATER)).isLessThan(Parity.TOLERANCE);
        assertThat(champion.parameters()).containsKeys("transformer.patch", "weight.transformer.1h", "weight.lstm.1h");
        TrainedModel tuned = both.train(FEW, FEW_LATER, fineTuning(champion.network()));
        assertThat(tuned.parameters())
                .containsEntry("transformer.fine_tuned", "true")
                .containsEntry("lstm.fine_tuned", "true");
    }

    @Test
    void anEnsemblesNetworksAreNotTakenForAnLstms() {
        TrainedModel champion = train("champion", 1, epoch -> {});
        assertThatExceptionOfType(CannotFineTuneException.class)
                .isThrownBy(
                        () -> CONTEXT.getBean(LstmTrainer.class).train(FEW, FEW_LATER, fineTuning(champion.network())))
                .withMessageContaining("cannot be fine-tuned");
    }

    private Assignment fineTuning(Optional<StoredFile> champion) {
        return new Assignment(2, StoredFolder.plain(folder.resolve("tuned")), champion, epoch -> {});
    }
}
