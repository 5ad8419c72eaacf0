package io.mlpool.training.network;

import io.mlpool.encryption.StoredFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
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
            Map<String, byte[]> entries = entries(file);
            State state = NetworkFile.JSON.readValue(entry(entries, STATE), State.class);
            return Optional.of(new Checkpoint(state, entry(entries, CURRENT), entry(entries, BEST)))
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
            Files.createDirectories(file.plain().toAbsolutePath().getParent());
            file.write(zipped());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write the checkpoint " + file.path(), e);
        }
    }

    private byte[] zipped() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(current.length + best.length + 4096);
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            zip.setLevel(0);
            put(zip, STATE, NetworkFile.JSON.writeValueAsString(state).getBytes(StandardCharsets.UTF_8));
            put(zip, CURRENT, current);
            put(zip, BEST, best);
        }
        return bytes.toByteArray();
    }

    private static Map<String, byte[]> entries(StoredFile file) throws IOException {
        Map<String, byte[]> entries = new HashMap<>();
        try (ZipInputStream zip = new ZipInputStream(file.open())) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                entries.put(entry.getName(), zip.readAllBytes());
            }
        }
        return entries;
    }

    private static byte[] entry(Map<String, byte[]> entries, String name) throws IOException {
        byte[] entry = entries.get(name);
        if (entry == null) {
            throw new IOException("it holds no " + name);
        }
        return entry;
    }

    private static void put(ZipOutputStream zip, String name, byte[] content) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(content);
    }
}
