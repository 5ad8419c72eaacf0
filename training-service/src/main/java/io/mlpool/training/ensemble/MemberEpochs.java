package io.mlpool.training.ensemble;

import io.mlpool.training.Assignment;
import io.mlpool.training.Assignment.Epoch;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Passes a member's epochs on, counted after those of the members before it. How many those were is noted, since a member that is
 * done does not tell again.
 */
final class MemberEpochs implements Assignment.EpochListener {

    private static final String FILE = "epochs-told";

    private final Assignment.EpochListener listener;
    private final Path folder;
    private final int before;
    private int last;

    /** @param before epochs of the members before it */
    MemberEpochs(Assignment.EpochListener listener, Path folder, int before) {
        this.listener = listener;
        this.folder = folder;
        this.before = before;
        this.last = noted();
    }

    @Override
    public void working() {
        listener.working();
    }

    @Override
    public void finished(Epoch epoch) {
        last = epoch.number();
        note();
        listener.finished(new Epoch(
                before + epoch.number(),
                before + epoch.of(),
                epoch.trainLoss(),
                epoch.validationLoss(),
                epoch.best(),
                epoch.windowsPerSecond()));
    }

    /** Epochs up to and with those of this member. */
    int after() {
        return before + last;
    }

    private int noted() {
        try {
            Path file = folder.resolve(FILE);
            return Files.exists(file) ? Integer.parseInt(Files.readString(file)) : 0;
        } catch (IOException | NumberFormatException cutOff) {
            return 0;
        }
    }

    private void note() {
        try {
            Files.createDirectories(folder);
            Files.writeString(folder.resolve(FILE), Integer.toString(last));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write to " + folder, e);
        }
    }
}
