package io.mlpool.training.export;

import io.mlpool.errors.RefusedException;
import io.mlpool.training.dataset.Dataset;
import io.mlpool.training.dataset.DatasetReader;
import io.mlpool.training.dataset.DatasetRequest;
import io.mlpool.training.dataset.DatasetSnapshot;
import io.mlpool.training.pipeline.RunJson;
import io.mlpool.training.table.TableFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Writes the data set of a run into a file. One at a time: its candles lie in memory, as in a training. */
public final class DatasetExport {

    private static final Duration SOON = Duration.ofSeconds(10);

    private final JdbcClient jdbc;
    private final DatasetReader reader;
    private final ReentrantLock running = new ReentrantLock();

    /** Looks runs up, and reads their candles. */
    public DatasetExport(JdbcClient jdbc, DatasetReader reader) {
        this.jdbc = jdbc;
        this.reader = reader;
    }

    /** What of a data set is written. */
    public enum Content {
        CANDLES,
        FEATURES;

        /** As it is written in questions. */
        public static Optional<Content> of(String label) {
            return Arrays.stream(values())
                    .filter(one -> one.name().toLowerCase(Locale.ROOT).equals(label))
                    .findFirst();
        }
    }

    /**
     * Reads the candles again and makes sure that they are those.
     *
     * @return a new file, the caller's to delete
     * @throws RefusedException 404 when no run used such a data set, 409 when its candles are not what they were, 429 when another one is
     *     being written
     */
    public Path write(String version, Content content, TableFormat format) {
        DatasetSnapshot snapshot = find(version)
                .orElseThrow(() -> RefusedException.notFound(
                        "no run learned from a data set '%s'; GET /datasets lists those there are".formatted(version)));
        if (!running.tryLock()) {
            throw RefusedException.tooMany("another data set is being written; ask again when it is done", SOON);
        }
        try {
            return write(read(snapshot), content, format);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(
                    "the data set cannot be written to the folder of temporary files", e);
        } finally {
            running.unlock();
        }
    }

    private Dataset read(DatasetSnapshot snapshot) {
        Dataset dataset = reader.read(
                new DatasetRequest(snapshot.interval(), snapshot.assets(), Optional.of(snapshot.watermark()), 1));
        if (!dataset.snapshot().version().equals(snapshot.version())) {
            throw RefusedException.conflict(whyNot(snapshot, dataset).formatted(snapshot.version()));
        }
        return dataset;
    }

    private static String whyNot(DatasetSnapshot snapshot, Dataset found) {
        return found.isOfVersionWithoutRanges(snapshot.version())
                ? "the data set %s was taken before feature schema price-v3, by a version that does not count the ranges of candles, which features are computed from since. Its closes and turnovers are what they were (GET /candles of serving), its ranges may not be: train again for a data set that can be written"
                : "candles of the data set %s were corrected or came late since it was taken: what it was cannot be written any more. Train again for a data set of the candles there are";
    }

    private static Path write(Dataset dataset, Content content, TableFormat format) throws IOException {
        Path file = Files.createTempFile("dataset", "." + format.label());
        try {
            switch (content) {
                case CANDLES -> DatasetTables.candles(dataset, format, file);
                case FEATURES -> DatasetTables.features(dataset, format, file);
            }
            return file;
        } catch (IOException | RuntimeException e) {
            Files.deleteIfExists(file);
            throw e;
        }
    }

    private Optional<DatasetSnapshot> find(String version) {
        return jdbc.sql("SELECT snapshot FROM training_run WHERE snapshot ->> 'version' = :version LIMIT 1")
                .param("version", version)
                .query((row, n) -> RunJson.MAPPER.readValue(row.getString(1), DatasetSnapshot.class))
                .optional();
    }
}
