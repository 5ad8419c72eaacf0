package io.mlpool.training.pipeline;

import io.mlpool.training.dataset.WindowSet;
import io.mlpool.training.evaluation.Forecasts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;

/**
 * What a run leaves on disk, under {@code <storage>/runs/<run id>}: {@code params.json}, {@code epochs.jsonl},
 * {@code evaluation.json}, {@code decision.json}, a folder of checkpoints for each fold and for the model, and the bundle. A run
 * that is killed goes on from here; every file appears whole, by a rename.
 */
final class RunFolder {

    private static final String PARAMETERS = "params.json";
    private static final String FORECASTS = "forecasts.bin";

    private final Path root;

    private RunFolder(Path root) {
        this.root = root;
    }

    static RunFolder open(Path storage, String runId) {
        RunFolder folder = new RunFolder(storage.resolve("runs").resolve(runId));
        folder.create(folder.root);
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
                root.resolve(file),
                RunJson.MAPPER.writerWithDefaultPrettyPrinter().writeValueAsBytes(content));
    }

    boolean has(String file) {
        return Files.exists(root.resolve(file));
    }

    <T> Optional<T> load(String file, Class<T> type) {
        Path path = root.resolve(file);
        return Files.exists(path) ? Optional.of(RunJson.MAPPER.readValue(path.toFile(), type)) : Optional.empty();
    }

    /** Adds a line to {@code epochs.jsonl}. */
    void add(RunEvent.EpochFinished epoch) {
        try {
            Files.writeString(
                    root.resolve("epochs.jsonl"),
                    RunJson.MAPPER.writeValueAsString(epoch) + "\n",
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write to the run folder " + root, e);
        }
    }

    /** Folder of one network's checkpoints. */
    Path checkpoints(String part) {
        return create(root.resolve(part));
    }

    /** Where the bundle goes; one that was begun before is thrown away. */
    Path bundle() {
        return empty("bundle");
    }

    /** The same for the naive model. */
    Path naiveBundle() {
        return empty("naive-bundle");
    }

    private Path empty(String name) {
        Path directory = root.resolve(name);
        delete(directory);
        return directory;
    }

    Optional<Forecasts> forecasts(String part, WindowSet windows) {
        Path file = root.resolve(part).resolve(FORECASTS);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file));
            float[] quantiles = new float[bytes.remaining() / Float.BYTES];
            bytes.asFloatBuffer().get(quantiles);
            return Optional.of(new Forecasts(windows, quantiles));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }

    void save(String part, Forecasts forecasts) {
        ByteBuffer bytes = ByteBuffer.allocate(forecasts.quantiles().length * Float.BYTES);
        bytes.asFloatBuffer().put(forecasts.quantiles());
        replace(create(root.resolve(part)).resolve(FORECASTS), bytes.array());
    }

    private static void replace(Path file, byte[] content) {
        try {
            Path next = Files.write(file.resolveSibling(file.getFileName() + ".next"), content);
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file, e);
        }
    }

    private Path create(Path directory) {
        try {
            return Files.createDirectories(directory);
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
