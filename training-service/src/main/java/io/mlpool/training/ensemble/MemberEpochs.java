package io.mlpool.training.ensemble;

import io.mlpool.encryption.StoredFile;
import io.mlpool.encryption.StoredFolder;
import io.mlpool.training.Assignment;
import io.mlpool.training.Assignment.Epoch;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;

/**
 * Passes a member's epochs on, counted after those of the members before it. How many those were is noted, since a member that is
 * done does not tell again.
 */
final class MemberEpochs implements Assignment.EpochListener {

    private static final String FILE = "epochs-told";

    private final Assignment.EpochListener listener;
    private final StoredFile file;
    private final int before;
    private int last;

    /** @param before epochs of the members before it */
    MemberEpochs(Assignment.EpochListener listener, StoredFolder folder, int before) {
        this.listener = listener;
        this.file = folder.file(FILE);
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
            return file.exists() ? Integer.parseInt(new String(file.bytes(), StandardCharsets.UTF_8)) : 0;
        } catch (NumberFormatException cutOff) {
            return 0;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file.path(), e);
        }
    }

    private void note() {
        try {
            Files.createDirectories(file.plain().getParent());
            file.write(Integer.toString(last).getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file.path(), e);
        }
    }
}
