package io.mlpool.training.backtest;

import io.mlpool.encryption.StoredFile;
import io.mlpool.encryption.StoredFolder;
import io.mlpool.training.report.ReportFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.springframework.util.FileSystemUtils;

/**
 * What a backtest leaves on disk, under {@code <storage>/backtests/<id>}: what each model said, so that it goes on after a kill, the
 * table of all forecasts, and the report. Where encryption is on, all but the report is encrypted.
 */
record BacktestFolder(StoredFolder files) {

    /** The folder of a backtest; it need not be there. */
    static BacktestFolder of(StoredFolder storage, String id) {
        return new BacktestFolder(storage.folder("backtests").folder(id));
    }

    /** Every forecast as CSV. */
    StoredFile forecasts() {
        return files.file("forecasts.csv");
    }

    ReportFolder report() {
        return new ReportFolder(files.directory().resolve("report"));
    }

    /** Removes what each model left, which nobody needs any more when all is told. */
    void tidy() {
        try (Stream<Path> all = Files.list(files.directory())) {
            all.filter(one -> one.getFileName().toString().startsWith("fold-")).forEach(BacktestFolder::delete);
        } catch (NoSuchFileException nothingWasDone) {
            // Cancelled before it began.
        } catch (IOException e) {
            throw new UncheckedIOException("cannot list " + files.directory(), e);
        }
    }

    void delete() {
        delete(files.directory());
    }

    private static void delete(Path directory) {
        try {
            if (Files.exists(directory)) {
                FileSystemUtils.deleteRecursively(directory);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot delete " + directory, e);
        }
    }
}
