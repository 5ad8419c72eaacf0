package io.mlpool.training.network;

import io.mlpool.encryption.StoredFile;
import io.mlpool.training.Archive;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;

/**
 * A training after one of its epochs, in one file that is replaced at once: killed at any moment, the training finds either
 * this epoch or the one before, never a mixture.
 *
 * @param state where the training is
 * @param current network after the last epoch, as a {@link NetworkFile}
 * @param best network after the best epoch, likewise
 */
record Checkpoint(State state, byte[] current, byte[] best) {

    private static final String STATE = "state.json";
    private static final String CURRENT = "current.zip";
    private static final String BEST = "best.zip";

    /**
     * Where a training is.
     *
     * @param assignment what is trained on what, in words; a checkpoint of another one is of no use
     * @param epoch the last finished one, counted from 1
     * @param bestEpoch the one with the lowest validation loss
     * @param bestLoss its validation loss
     */
    record State(String assignment, int epoch, int bestEpoch, double bestLoss) {}

    /** The checkpoint in this file, if there is one and it belongs to the assignment. */
    static Optional<Checkpoint> read(StoredFile file, String assignment) {
        if (!file.exists()) {
            return Optional.empty();
        }
        try {
            Archive archive = Archive.read(file);
            State state = NetworkFile.JSON.readValue(archive.entry(STATE), State.class);
            return Optional.of(new Checkpoint(state, archive.entry(CURRENT), archive.entry(BEST)))
                    .filter(checkpoint -> checkpoint.state.assignment.equals(assignment));
        } catch (IOException | JacksonException e) {
            throw new IllegalStateException(
                    "cannot read the checkpoint %s: %s; delete it to start over".formatted(file.path(), e.getMessage()),
                    e);
        }
    }

    /** Before the first epoch. */
    static Checkpoint first(String assignment, byte[] network) {
        return new Checkpoint(new State(assignment, 0, 0, Double.MAX_VALUE), network, network);
    }

    /** After one more epoch. */
    Checkpoint next(double validationLoss, byte[] network) {
        int epoch = state.epoch + 1;
        if (validationLoss < state.bestLoss) {
            return new Checkpoint(new State(state.assignment, epoch, epoch, validationLoss), network, network);
        }
        return new Checkpoint(new State(state.assignment, epoch, state.bestEpoch, state.bestLoss), network, best);
    }

    void write(StoredFile file) {
        try {
            byte[] words = NetworkFile.JSON.writeValueAsString(state).getBytes(StandardCharsets.UTF_8);
            new Archive(Map.of(STATE, words, CURRENT, current, BEST, best)).write(file);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write the checkpoint " + file.path(), e);
        }
    }
}
