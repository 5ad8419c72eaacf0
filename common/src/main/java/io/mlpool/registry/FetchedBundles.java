package io.mlpool.registry;

import io.mlpool.encryption.Encryption;
import io.mlpool.encryption.StoredFolder;
import io.mlpool.mlflow.MlflowException;
import io.mlpool.model.BrokenBundleException;
import io.mlpool.model.BundleDigests;
import io.mlpool.model.ModelBundle;
import io.mlpool.signing.BundleSigning;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;
import org.springframework.util.FileSystemUtils;

/**
 * Bundles of a distant registry on this machine. A bundle is downloaded to a place that nobody reads, verified, and appears by one
 * rename; one that was damaged here is fetched again.
 */
final class FetchedBundles {

    /** Tag of a version: {@link ModelBundle#digest} of what was registered. */
    static final String DIGEST_TAG = "bundle_digest";

    private static final Duration LONGEST_DOWNLOAD = Duration.ofHours(6);

    private final Path root;
    private final Encryption encryption;

    FetchedBundles(StoredFolder cache) {
        this.root = cache.directory();
        this.encryption = cache.encryption();
    }

    /** Gives a bundle's files by name. */
    @FunctionalInterface
    interface Source {
        void download(String file, Path target);
    }

    /**
     * The bundle of a version, from here or from there.
     *
     * @param signing whether a signature is asked for, and whose
     */
    ModelBundle fetch(ModelVersion version, BundleSigning signing, Function<ModelVersion, Source> sources) {
        Path home = root.resolve(version.model()).resolve(Integer.toString(version.version()));
        try {
            Optional<ModelBundle> kept = kept(home, version, signing);
            return kept.isPresent() ? kept.get() : download(version, signing, sources.apply(version), home);
        } catch (IOException | UncheckedIOException e) {
            throw new BundleNotKeptException(version, root, e);
        }
    }

    private ModelBundle download(ModelVersion version, BundleSigning signing, Source source, Path home)
            throws IOException {
        Path staging = root.resolve(".staging");
        Path staged = temporary();
        Files.createDirectories(staged);
        try {
            clearAbandoned(
                    staging, Files.getLastModifiedTime(staged).toInstant().minus(LONGEST_DOWNLOAD));
            Files.createDirectories(home.getParent());
            source.download(BundleDigests.FILE, staged.resolve(BundleDigests.FILE));
            Set<String> files = BundleDigests.files(staged);
            files.forEach(file -> source.download(file, staged.resolve(file)));
            downloadSignature(source, staged.resolve(ModelBundle.SIGNATURE), signing);
            requireRegistered(read(staged), version, signing);
            FolderLock.holding(root, () -> replace(home, staged, version, signing));
            return requireRegistered(read(home), version, signing);
        } finally {
            FileSystemUtils.deleteRecursively(staged);
        }
    }

    /** One that is not there is told of when it is asked for. */
    private static void downloadSignature(Source source, Path target, BundleSigning signing) throws IOException {
        if (signing.asksForSignatures()) {
            try {
                source.download(ModelBundle.SIGNATURE, target);
            } catch (MlflowException e) {
                if (e.trouble() != MlflowException.Trouble.REFUSED) {
                    throw e;
                }
                Files.deleteIfExists(target);
            }
        }
    }

    /** Takes away what processes left that were killed. */
    private static void clearAbandoned(Path staging, Instant before) throws IOException {
        try (Stream<Path> all = Files.list(staging)) {
            for (Path one : all.toList()) {
                if (one.toFile().lastModified()
                        < before.toEpochMilli()) { // gone counts as old, and may be deleted twice
                    FileSystemUtils.deleteRecursively(one);
                }
            }
        }
    }

    /** Another one may have been quicker with the same bundle, and use it by now: only what is damaged makes room. */
    private Path replace(Path home, Path staged, ModelVersion version, BundleSigning signing) throws IOException {
        if (kept(home, version, signing).isPresent()) {
            return home;
        }
        if (Files.exists(home)) {
            Path damaged = temporary();
            Files.move(home, damaged, StandardCopyOption.ATOMIC_MOVE);
            FileSystemUtils.deleteRecursively(damaged);
        }
        return Files.move(staged, home, StandardCopyOption.ATOMIC_MOVE);
    }

    /** A name that nobody reads, on the same file system. */
    private Path temporary() {
        return root.resolve(".staging").resolve(UUID.randomUUID().toString());
    }

    private Optional<ModelBundle> kept(Path home, ModelVersion version, BundleSigning signing) {
        if (!Files.isDirectory(home)) {
            return Optional.empty();
        }
        try {
            return Optional.of(requireRegistered(read(home), version, signing));
        } catch (BrokenBundleException e) {
            return Optional.empty();
        }
    }

    private static ModelBundle requireRegistered(ModelBundle bundle, ModelVersion version, BundleSigning signing) {
        signing.require(bundle, version.inWords(), version.model(), version.runId());
        String registered = version.tags().get(DIGEST_TAG);
        if (registered != null && !registered.equals(bundle.digest())) {
            throw new BrokenBundleException(
                    "version %d of %s was changed after it was registered: its digest is %s, its tag says %s"
                            .formatted(version.version(), version.model(), bundle.digest(), registered));
        }
        return bundle;
    }

    private ModelBundle read(Path directory) {
        return ModelBundle.read(new StoredFolder(directory, encryption));
    }
}
