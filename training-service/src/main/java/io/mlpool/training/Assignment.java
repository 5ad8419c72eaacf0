package io.mlpool.training;

import io.mlpool.encryption.StoredFile;
import io.mlpool.encryption.StoredFolder;
import java.util.Optional;

/**
 * What a trainer is to do beside its data.
 *
 * @param seed of every random choice
 * @param checkpoints folder of this assignment alone, whose files may be encrypted; a trainer that finds its own checkpoint there goes on from it
 * @param startFrom network file of the champion to fine-tune, weights and updater; absent for a fresh start
 * @param listener hears of each epoch, and may stop the training within one
 */
public record Assignment(long seed, StoredFolder checkpoints, Optional<StoredFile> startFrom, EpochListener listener) {

    /** Hears how a training goes on. */
    @FunctionalInterface
    public interface EpochListener {

        /**
         * Called several times a second within an epoch; whatever it throws ends the training, and the epoch that was begun is
         * lost.
         */
        default void working() {}

        /** Called after the epoch's checkpoint is safe; throws {@link TrainingCancelledException} to stop. */
        void finished(Epoch epoch);
    }

    /**
     * A finished epoch.
     *
     * @param number counted from 1
     * @param of most epochs that there can be
     * @param trainLoss mean loss over the epoch in what the trainer learns by: the pinball loss of quantiles, or an error of volatility
     * @param validationLoss the same of the validation windows after it
     * @param best whether no earlier epoch was better
     * @param windowsPerSecond training speed
     */
    public record Epoch(
            int number, int of, double trainLoss, double validationLoss, boolean best, double windowsPerSecond) {}
}
