package io.mlpool.training.pipeline;

import io.mlpool.encryption.StoredFile;
import io.mlpool.encryption.StoredFolder;
import io.mlpool.model.ForecastBundle;
import io.mlpool.training.dataset.WindowSet;
import io.mlpool.training.evaluation.Forecasts;
import io.mlpool.training.report.ReportFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;

/**
 * What a run leaves on disk, under {@code <storage>/runs/<run id>}: {@code params.json}, {@code epochs.jsonl},
 * {@code evaluation.json}, {@code decision.json}, a folder of checkpoints for each fold and for the model, the bundle, and the
 * report that people look at. A run that is killed goes on from here; every file appears whole, by a rename. Where encryption is on, checkpoints,
 * forecasts and the bundle are encrypted.
 */
final class RunFolder {

    private static final String PARAMETERS = "params.json";
    private static final String FORECASTS = "forecasts.bin";
    private static final String EVALUATION = "evaluation.json";
    private static final String BUNDLE = "bundle";

    private final StoredFolder files;
    private final Path root;

    private RunFolder(StoredFolder files) {
        this.files = files;
        this.root = files.directory();
    }

    static RunFolder open(StoredFolder storage, String runId) {
        return open(storage.folder("runs").folder(runId));
    }

    /** What is not a run leaves the same, elsewhere. */
    static RunFolder open(StoredFolder files) {
        RunFolder folder = new RunFolder(files);
        create(folder.root);
        return folder;
    }

    /** What the run was doing; empty when it has not begun, or another version of this code wrote it down. */
    Optional<RunParameters> parameters() {
        try {
            return load(PARAMETERS, RunParameters.class);
        } catch (JacksonException writtenDifferently) {
            return Optional.empty();
        }
    }

    /** Notes what the run does; when that is not what was noted before, all that was made of it is thrown away. */
    void start(RunParameters parameters) {
        if (!parameters().equals(Optional.of(parameters))) {
            delete(root);
            create(root);
            save(PARAMETERS, parameters);
        }
    }

    void save(String file, Object content) {
        replace(
                StoredFile.plain(root.resolve(file)),
                RunJson.MAPPER.writerWithDefaultPrettyPrinter().writeValueAsBytes(content));
    }

    <T> Optional<T> load(String file, Class<T> type) {
        Path path = root.resolve(file);
        return Files.exists(path) ? Optional.of(RunJson.MAPPER.readValue(path.toFile(), type)) : Optional.empty();
    }

    EpochLog epochs() {
        return new EpochLog(root.resolve("epochs.jsonl"));
    }

    void save(RunEvent.Evaluated evaluated) {
        save(EVALUATION, evaluated);
    }

    /** Whether a model was measured, by whatever version of this code. */
    boolean isJudged() {
        return Files.exists(root.resolve(EVALUATION));
    }

    Optional<RunEvent.Evaluated> evaluated() {
        return load(EVALUATION, RunEvent.Evaluated.class);
    }

    boolean isEncrypted() {
        return files.encryption().isOn();
    }

    /** Where the artifacts go that people look at. */
    ReportFolder report() {
        return new ReportFolder(root.resolve("report"));
    }

    /** The bundle that the run has written. */
    ForecastBundle readBundle() {
        return ForecastBundle.read(bundle());
    }

    Path root() {
        return root;
    }

    /** Folder of one network's checkpoints. */
    StoredFolder checkpoints(String part) {
        create(root.resolve(part));
        return files.folder(part);
    }

    /** Where the bundle goes. */
    StoredFolder bundle() {
        return files.folder(BUNDLE);
    }

    /** The same for the naive model. */
    StoredFolder naiveBundle() {
        return files.folder("naive-bundle");
    }

    Optional<Forecasts> forecasts(String part, WindowSet windows) {
        StoredFile file = files.folder(part).file(FORECASTS);
        if (!file.exists()) {
            return Optional.empty();
        }
        try {
            ByteBuffer bytes = ByteBuffer.wrap(file.bytes());
            float[] quantiles = new float[bytes.remaining() / Float.BYTES];
            bytes.asFloatBuffer().get(quantiles);
            return Optional.of(new Forecasts(windows, quantiles));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read %s: %s".formatted(file.path(), e.getMessage()), e);
        }
    }

    void save(String part, Forecasts forecasts) {
        ByteBuffer bytes = ByteBuffer.allocate(forecasts.quantiles().length * Float.BYTES);
        bytes.asFloatBuffer().put(forecasts.quantiles());
        replace(checkpoints(part).file(FORECASTS), bytes.array());
    }

    private static void replace(StoredFile file, byte[] content) {
        try {
            file.write(content);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file.path(), e);
        }
    }

    private static void create(Path directory) {
        try {
            Files.createDirectories(directory);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot create " + directory, e);
        }
    }

    private static void delete(Path directory) {
        if (!Files.exists(directory)) {
            return;
        }
        try (Stream<Path> files = Files.walk(directory)) {
            List<Path> deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
            for (Path file : deepestFirst) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot delete " + directory, e);
        }
    }
}
