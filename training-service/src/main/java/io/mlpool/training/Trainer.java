package io.mlpool.training;

import io.mlpool.model.Algorithm;
import io.mlpool.training.dataset.WindowSet;
import java.util.Map;

/** Makes a model from windows. */
public interface Trainer {

    Algorithm algorithm();

    /**
     * What it makes depends on these beside data, seed and code: hyper-parameters by name. A run that is taken up again with
     * others starts over.
     */
    Map<String, String> settings();

    /**
     * The same trainer with some of its {@link #settings} changed.
     *
     * @throws IllegalArgumentException when it has no such setting, or the value makes no sense
     */
    Trainer with(Map<String, String> hyperParameters);

    /** What it computes with, by name ({@code backend}, {@code device}); empty when nothing but Java. */
    default Map<String, String> engine() {
        return Map.of();
    }

    /**
     * Checks whether training may go on from a champion's network, {@link Assignment#startFrom}.
     *
     * @param network as {@link TrainedModel#network} has it
     * @param windows that it would go on with
     * @throws CannotFineTuneException when it may not
     */
    default void requireFit(byte[] network, WindowSet windows) {
        throw new CannotFineTuneException(
                "%s is made afresh of every data set".formatted(algorithm().label()));
    }

    /**
     * Trains until the validation loss stops falling. Killed at any moment and called again with the same assignment, it goes on
     * from its last finished epoch.
     *
     * @param train what the model learns from; scaler and everything else is fitted on it alone
     * @param validation later than {@code train} and purged; decides only when to stop
     * @throws TrainingCancelledException when the assignment's listener asks for it
     */
    TrainedModel train(WindowSet train, WindowSet validation, Assignment assignment);
}
