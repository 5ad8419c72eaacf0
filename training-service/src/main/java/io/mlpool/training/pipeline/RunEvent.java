package io.mlpool.training.pipeline;

import io.mlpool.training.Assignment;
import io.mlpool.training.dataset.DatasetSnapshot;
import io.mlpool.training.evaluation.CalibrationReport;
import io.mlpool.training.evaluation.Evaluation;
import io.mlpool.training.promotion.PromotionDecision;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Something that happened in a run. */
public sealed interface RunEvent {

    /** Hears what happens, in order. */
    @FunctionalInterface
    interface Listener {

        /** Throws {@link io.mlpool.training.TrainingCancelledException} to stop the run. */
        void heard(RunEvent event);

        /** Called several times a second between events; whatever it throws stops the run. */
        default void working() {}
    }

    /**
     * A step of the run began.
     *
     * @param message for people
     */
    record Stage(String message) implements RunEvent {}

    /**
     * The run is described: all that its result depends on beside the candles.
     *
     * @param parameters hyper-parameters and settings by name
     * @param environment code, Java, numeric backend, device, and what it is fine-tuned from
     */
    record Described(Map<String, String> parameters, Map<String, String> environment) implements RunEvent {

        public Described {
            parameters = Map.copyOf(parameters);
            environment = Map.copyOf(environment);
        }
    }

    /** The candles are chosen. */
    record Snapshot(DatasetSnapshot snapshot) implements RunEvent {}

    /**
     * An epoch is finished and its checkpoint safe.
     *
     * @param part which network is trained: a fold or the final model
     * @param number of the part, counted from 1
     * @param parts in the run
     */
    record EpochFinished(String part, int number, int parts, Assignment.Epoch epoch) implements RunEvent {}

    /**
     * A fold's network was measured on the slice after the one it learned from, before calibration.
     *
     * @param part name of the fold, as in {@link EpochFinished}
     */
    record FoldJudged(String part, Evaluation evaluation) implements RunEvent {}

    /** A trial is over: this is how good the models of its folds are. */
    record Tried(TrialScore score) implements RunEvent {}

    /** The final model was measured on the held-out slice. */
    record Evaluated(Evaluation evaluation, List<CalibrationReport.Choice> calibration) implements RunEvent {

        public Evaluated {
            calibration = List.copyOf(calibration);
        }
    }

    /** The gate has spoken and the version is registered. */
    record Decided(PromotionDecision decision, int version) implements RunEvent {}

    /**
     * The run came to rest or began; nothing follows a final state.
     *
     * @param state {@code queued}, {@code running}, {@code succeeded}, {@code failed} or {@code cancelled}
     * @param error what went wrong, when it failed
     */
    record StateChanged(String state, @Nullable String error) implements RunEvent {}
}
