package io.mlpool.model;

import io.mlpool.encryption.StoredFile;
import io.mlpool.encryption.StoredFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;

/**
 * A model as one directory that MLflow's tools can read: {@code MLmodel}, the weights, {@code bundle.json},
 * {@code golden.json} and {@code SHA256SUMS}; beside them {@code SIGNATURE}, where it is signed. Weights, preprocessing, features,
 * calibration, provenance and a golden answer travel together. Where encryption is on, weights, manifest and golden answer lie as
 * {@code model.onnx.enc} and so on, and MLflow's tools can list the model, not load it. What the model answers is the affair of views like
 * {@link ForecastBundle}.
 */
public final class ModelBundle {

    /** Says who made the bundle; the one file that {@code SHA256SUMS} does not list, for it is over that list. */
    public static final String SIGNATURE = "SIGNATURE";

    static final String MANIFEST = "bundle.json";
    static final String GOLDEN = "golden.json";

    private final StoredFolder files;
    private final BundleHeader header;

    private ModelBundle(StoredFolder files, BundleHeader header) {
        this.files = files;
        this.header = header;
    }

    /**
     * Writes a bundle. Whoever calls verifies that its weights answer like the golden answer.
     *
     * @param files folder that is created and must not hold a bundle yet; says too whether to encrypt
     * @param manifest what {@code bundle.json} is to say: a record with at least the components of {@link BundleHeader}
     * @param golden a record of a question and its answer
     */
    public static ModelBundle write(
            StoredFolder files, Object manifest, Object golden, byte[] weights, MlflowModel mlflow) {
        return write(files, manifest, golden, weights, mlflow, () -> {});
    }

    /** Writes further files into a bundle. */
    @FunctionalInterface
    interface Further {

        void write() throws IOException;
    }

    static ModelBundle write(
            StoredFolder files, Object manifest, Object golden, byte[] weights, MlflowModel mlflow, Further further) {
        Path directory = files.directory();
        try {
            Files.createDirectories(directory);
            StoredFile model = files.file(mlflow.flavor().weights());
            model.write(weights);
            further.write();
            files.file(MANIFEST).write(BundleJson.MAPPER.writeValueAsBytes(manifest));
            files.file(GOLDEN).write(BundleJson.MAPPER.writeValueAsBytes(golden));
            BundleHeader header = header(files);
            MlflowFiles.write(
                    directory,
                    mlflow,
                    header.provenance(),
                    model.path().getFileName().toString());
            BundleDigests.write(directory);
            return new ModelBundle(files, header);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write the model bundle " + directory, e);
        }
    }

    /** Reads a bundle that is not encrypted; otherwise like {@link #read(StoredFolder)}. */
    public static ModelBundle read(Path directory) {
        return read(StoredFolder.plain(directory));
    }

    /**
     * Reads a bundle, encrypted or not, and checks every digest.
     *
     * @throws BrokenBundleException when a file is missing, changed, encrypted with a key that is not known, or does not make sense
     */
    public static ModelBundle read(StoredFolder files) {
        try {
            BundleDigests.verify(files.directory());
            return new ModelBundle(files, header(files));
        } catch (IOException | UncheckedIOException | JacksonException e) {
            throw broken(files, e);
        }
    }

    private static BundleHeader header(StoredFolder files) throws IOException {
        return BundleJson.MAPPER
                .readerFor(BundleHeader.class)
                .without(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .readValue(files.file(MANIFEST).bytes());
    }

    /**
     * All that {@code bundle.json} says.
     *
     * @throws BrokenBundleException when it says less, more or something else than {@code type} holds
     */
    public <T> T manifest(Class<T> type) {
        return json(MANIFEST, type);
    }

    /** What stands in {@code golden.json}; see {@link #manifest}. */
    public <T> T golden(Class<T> type) {
        return json(GOLDEN, type);
    }

    <T> T json(String name, Class<T> type) {
        try {
            return BundleJson.read(file(name).bytes(), type);
        } catch (IOException | UncheckedIOException | JacksonException e) {
            throw broken(files, e);
        }
    }

    private static BrokenBundleException broken(StoredFolder files, Exception e) {
        return new BrokenBundleException(
                "cannot read the model bundle %s: %s".formatted(files.directory(), e.getMessage()), e);
    }

    public BundleHeader header() {
        return header;
    }

    /** How its weights lie in it. */
    public Flavor flavor() {
        return Flavor.of(this);
    }

    /** The weights, encrypted or not. */
    public StoredFile weights() {
        return file(flavor().weights());
    }

    StoredFile file(String name) {
        return files.file(name);
    }

    public Path directory() {
        return files.directory();
    }

    /** SHA-256 of {@code SHA256SUMS}, and so of everything. */
    public String digest() {
        return BundleDigests.of(directory());
    }

    /** Names of its files, the list of digests included, the signature not. */
    public List<String> files() {
        return Stream.concat(BundleDigests.files(directory()).stream(), Stream.of(BundleDigests.FILE))
                .toList();
    }

    /** What stands in {@link #SIGNATURE}, not verified; empty when it is not signed. */
    public Optional<String> signature() {
        try {
            return Optional.of(Files.readString(directory().resolve(SIGNATURE)));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new BrokenBundleException("cannot read the signature of " + directory(), e);
        }
    }
}
