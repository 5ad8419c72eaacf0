package io.mlpool.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.mlpool.encryption.StoredFolder;
import io.mlpool.training.dataset.WindowSet;
import io.mlpool.training.network.Parity;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What every trainer promises; each one's test inherits it. */
public abstract class TrainerContract {

    protected static final int CONTRACT_STEPS = 16;
    protected static final WindowSet FEW = SyntheticMarket.windows(SyntheticMarket::pattern, 1_100, CONTRACT_STEPS, 11);
    protected static final WindowSet FEW_LATER =
            SyntheticMarket.later(SyntheticMarket::pattern, 800, CONTRACT_STEPS, 12);

    @TempDir
    Path contract;

    /** One that is done with 700 windows in well under a second. */
    protected abstract Trainer small();

    @Test
    void theSameSeedMakesTheSameModel() {
        assertThat(train("second", 1, epoch -> {}).onnx())
                .isEqualTo(train("first", 1, epoch -> {}).onnx());
    }

    @Test
    void killedAfterEveryEpochItMakesTheModelThatItWouldHaveMade() {
        List<Integer> whole = new ArrayList<>();
        byte[] uninterrupted =
                train("whole", 1, epoch -> whole.add(epoch.number())).onnx();
        List<Integer> finished = new ArrayList<>();
        Optional<TrainedModel> resumed = Optional.empty();
        for (int attempt = 0; attempt <= whole.size() && resumed.isEmpty(); attempt++) {
            resumed = unlessCancelled(epoch -> {
                finished.add(epoch.number());
                throw new TrainingCancelledException("killed after epoch " + epoch.number());
            });
        }
        assertThat(finished).as("nothing is done twice").isEqualTo(whole);
        assertThat(resumed).hasValueSatisfying(model -> assertThat(model.onnx()).isEqualTo(uninterrupted));
    }

    @Test
    void stoppedInTheMiddleItGoesOnLater() {
        byte[] uninterrupted = train("uninterrupted", 1, epoch -> {}).onnx();
        for (int call : new int[] {1, 2, 5}) {
            unlessCancelled(new StoppingAt(call));
        }
        assertThat(train("killed", 1, epoch -> {}).onnx()).isEqualTo(uninterrupted);
    }

    @Test
    void itsGraphAnswersLikeItAndQuantilesRise() {
        TrainedModel model = train("parity", 1, epoch -> {});
        assertThat(Parity.check(model, FEW_LATER)).isLessThan(Parity.TOLERANCE);
        float[] window = new float[CONTRACT_STEPS * FEW.schema().width()];
        FEW_LATER.copyWindow(7, window, 0);
        float[] answer = model.forecaster().forecast(window, 1);
        int levels = FEW.shape().levels().size();
        for (int i = 0; i < answer.length; i++) {
            assertThat(answer[i]).isFinite();
            assertThat(i % levels == 0 || answer[i] >= answer[i - 1]).isTrue();
        }
    }

    @Test
    void itSaysWhatItWasMadeWith() {
        assertThat(train("said", 1, epoch -> {}).parameters()).containsAllEntriesOf(small().settings());
        assertThat(small().with(small().settings()).settings()).isEqualTo(small().settings());
    }

    @Test
    void aHyperParameterThatItDoesNotHaveIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> small().with(Map.of("colour", "red")))
                .withMessageContaining("colour");
    }

    protected TrainedModel train(String name, long seed, Assignment.EpochListener listener) {
        return small().train(FEW, FEW_LATER, assignment(name, seed, listener));
    }

    protected Assignment assignment(String name, long seed, Assignment.EpochListener listener) {
        return new Assignment(seed, StoredFolder.plain(contract.resolve(name)), Optional.empty(), listener);
    }

    private Optional<TrainedModel> unlessCancelled(Assignment.EpochListener listener) {
        try {
            return Optional.of(train("killed", 1, listener));
        } catch (TrainingCancelledException killed) {
            return Optional.empty();
        }
    }

    /** Stops when it is asked for the n-th time. */
    private static final class StoppingAt implements Assignment.EpochListener {

        private final int call;
        private int calls;

        StoppingAt(int call) {
            this.call = call;
        }

        @Override
        public void finished(Assignment.Epoch epoch) {}

        @Override
        public void working() {
            if (++calls == call) {
                throw new TrainingCancelledException("in the middle of an epoch");
            }
        }
    }
}
