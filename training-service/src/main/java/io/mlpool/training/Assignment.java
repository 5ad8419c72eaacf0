package io.mlpool.training;

import java.nio.file.Path;
import java.util.Optional;

/**
 * What a trainer is to do beside its data.
 *
 * @param seed of every random choice
 * @param checkpoints folder of this assignment alone; a trainer that finds its own checkpoint there goes on from it
 * @param startFrom network file of the champion to fine-tune, weights and updater; absent for a fresh start
 * @param listener hears of each epoch
 */
public record Assignment(long seed, Path checkpoints, Optional<Path> startFrom, EpochListener listener) {

    /** Hears of each finished epoch. */
    @FunctionalInterface
    public interface EpochListener {

        /** Called after the epoch's checkpoint is safe; throws {@link TrainingCancelledException} to stop. */
        void finished(Epoch epoch);
    }

    /**
     * A finished epoch.
     *
     * @param number counted from 1
     * @param of most epochs that there can be
     * @param trainLoss mean pinball loss over the epoch
     * @param validationLoss mean pinball loss of the validation windows after it
     * @param best whether no earlier epoch was better
     * @param windowsPerSecond training speed
     */
    public record Epoch(
            int number, int of, double trainLoss, double validationLoss, boolean best, double windowsPerSecond) {}
}
