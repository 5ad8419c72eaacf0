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

/**
 * A model as one directory that MLflow's tools can read: {@code MLmodel}, {@code model.onnx}, {@code bundle.json},
 * {@code golden.json}, {@code SHA256SUMS} and, where it can be trained on, {@code network.zip}; beside them {@code SIGNATURE}, where it
 * is signed. Weights, preprocessing, features, calibration, provenance and a golden answer travel together; it can neither be written nor
 * read without one of them. Where encryption is on these four lie as {@code model.onnx.enc} and so on, and
 * MLflow's tools can list the model, not load it.
 */
public final class ModelBundle {

    /** Says who made the bundle; the one file that {@code SHA256SUMS} does not list, for it is over that list. */
    public static final String SIGNATURE = "SIGNATURE";

    static final String MANIFEST = "bundle.json";
    static final String GOLDEN = "golden.json";
    static final String ONNX = "model.onnx";
    static final String NETWORK = "network.zip";

    private final StoredFolder files;
    private final BundleManifest manifest;
    private final GoldenAnswer golden;

    private ModelBundle(StoredFolder files, BundleManifest manifest, GoldenAnswer golden) {
        this.files = files;
        this.manifest = manifest;
        this.golden = golden;
    }

    /**
     * Writes a bundle. The graph must already answer like the golden answer.
     *
     * @param files folder that is created and must not hold a bundle yet; says too whether to encrypt
     * @param onnx the graph: input {@code window [N, steps, width]}, output {@code quantiles [N, horizons, levels]}
     * @param network what {@code fine-tuning} starts from; absent when the algorithm has no such thing
     */
    public static ModelBundle write(
            StoredFolder files,
            BundleManifest manifest,
            GoldenAnswer golden,
            byte[] onnx,
            Optional<StoredFile> network) {
        Path directory = files.directory();
        try {
            Files.createDirectories(directory);
            files.file(ONNX).write(onnx);
            if (network.isPresent()) {
                files.file(NETWORK).write(network.get());
            }
            files.file(MANIFEST).write(BundleJson.MAPPER.writeValueAsBytes(manifest));
            files.file(GOLDEN).write(BundleJson.MAPPER.writeValueAsBytes(golden));
            MlflowFiles.write(
                    directory, manifest, files.file(ONNX).path().getFileName().toString());
            BundleDigests.write(directory);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write the model bundle " + directory, e);
        }
        ModelBundle bundle = new ModelBundle(files, manifest, golden);
        try (OnnxForecaster forecaster = bundle.load()) {
            golden.verify(forecaster);
        }
        return bundle;
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
        Path directory = files.directory();
        try {
            BundleDigests.verify(directory);
            return new ModelBundle(
                    files,
                    BundleJson.MAPPER.readValue(files.file(MANIFEST).bytes(), BundleManifest.class),
                    BundleJson.MAPPER.readValue(files.file(GOLDEN).bytes(), GoldenAnswer.class));
        } catch (IOException | UncheckedIOException | JacksonException e) {
            throw new BrokenBundleException(
                    "cannot read the model bundle %s: %s".formatted(directory, e.getMessage()), e);
        }
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

    public BundleManifest manifest() {
        return manifest;
    }

    public GoldenAnswer golden() {
        return golden;
    }

    /** The DL4J network with its updater state, where there is one. */
    public Optional<StoredFile> network() {
        return Optional.of(files.file(NETWORK)).filter(StoredFile::exists);
    }

    /** Opens the graph; the caller closes it. An encrypted one is decrypted in memory only. */
    public OnnxForecaster load() {
        return OnnxForecaster.open(files.file(ONNX), manifest.features(), manifest.shape());
    }
}
