package io.mlpool.registry;

import io.mlpool.encryption.Encryption;
import io.mlpool.encryption.StoredFolder;
import io.mlpool.model.BrokenBundleException;
import io.mlpool.model.ModelBundle;
import io.mlpool.signing.BundleSigning;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.util.FileSystemUtils;

/**
 * A registry in a folder that all services see: {@code <root>/<model>/versions/<n>/{version.json, bundle/}} and
 * {@code <root>/<model>/aliases/<alias>}. A version appears whole by one rename; an alias changes by one rename. Both are on disk before
 * the call returns, so that no power cut leaves half of them.
 */
public final class FolderRegistry implements ModelRegistry {

    private final RegistryFolder folder;
    private final BundleSigning signing;
    private final Encryption encryption;

    /** The registry in this folder, which is created when a model is registered; nothing is signed and no signature is asked for. */
    public FolderRegistry(Path root) {
        this(root, BundleSigning.none());
    }

    /** The same where bundles are signed, or signatures are asked for. */
    public FolderRegistry(Path root, BundleSigning signing) {
        this(root, signing, Encryption.off());
    }

    /** The same where bundles may be encrypted: they are kept as they are. */
    public FolderRegistry(Path root, BundleSigning signing, Encryption encryption) {
        this.folder = new RegistryFolder(root);
        this.signing = signing;
        this.encryption = encryption;
    }

    @Override
    public String place() {
        return "folder " + folder.root().toAbsolutePath();
    }

    @Override
    public String publicPlace() {
        return "a folder of the service";
    }

    @Override
    public List<String> models() {
        return folder.models();
    }

    @Override
    public List<ModelAliases> aliases() {
        return models().stream().map(this::aliases).toList();
    }

    private ModelAliases aliases(String model) {
        Map<Alias, Integer> targets = new EnumMap<>(Alias.class);
        Map<Alias, String> unreadable = new EnumMap<>(Alias.class);
        for (Alias alias : Alias.values()) {
            try {
                target(model, alias).ifPresent(version -> targets.put(alias, version));
            } catch (UncheckedIOException | BrokenBundleException e) {
                unreadable.put(alias, String.valueOf(e.getMessage()));
            }
        }
        return new ModelAliases(model, targets, unreadable);
    }

    @Override
    public ModelVersions list(String model) {
        List<ModelVersion> readable = new ArrayList<>();
        SortedMap<Integer, String> damaged = new TreeMap<>();
        for (int number : folder.numbers(model)) {
            try {
                readable.add(VersionFile.read(folder.version(model, number), model, number));
            } catch (BrokenBundleException e) {
                damaged.put(number, String.valueOf(e.getMessage()));
            }
        }
        return new ModelVersions(readable, damaged);
    }

    /** Looks at that version alone: watches ask every second, and versions add up. */
    @Override
    public Optional<ModelVersion> find(String model, int version) {
        Path directory = folder.version(model, version);
        return Files.isDirectory(directory)
                ? Optional.of(VersionFile.read(directory, model, version))
                : Optional.empty();
    }

    @Override
    public ModelVersion register(ModelBundle bundle, Map<String, String> tags) {
        String model = bundle.header().model();
        try {
            return FolderLock.holding(folder.home(model), () -> {
                String runId = bundle.header().provenance().runId();
                Optional<ModelVersion> known = ofRun(model, runId);
                return known.isPresent() ? known.get() : add(bundle, tags);
            });
        } catch (IOException e) {
            throw new UncheckedIOException("cannot register a version of %s in %s".formatted(model, folder.root()), e);
        }
    }

    @Override
    public Optional<ModelVersion> find(String model, Alias alias) {
        return target(model, alias).flatMap(version -> find(model, version));
    }

    @Override
    public Optional<Integer> target(String model, Alias alias) {
        try {
            return Optional.of(number(
                    model, alias, Files.readString(folder.alias(model, alias)).strip()));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read which version of %s is %s".formatted(model, alias.label()), e);
        }
    }

    private static int number(String model, Alias alias, String written) {
        try {
            return Integer.parseInt(written);
        } catch (NumberFormatException e) {
            throw new BrokenBundleException(
                    "the alias %s of %s says '%.40s', which is no version".formatted(alias.label(), model, written), e);
        }
    }

    @Override
    public void assign(String model, Alias alias, int version) {
        requireThere(model, version);
        try {
            FolderLock.holding(folder.home(model), () -> {
                point(model, alias, version);
                return version;
            });
        } catch (IOException e) {
            throw cannotPoint(model, alias, version, e);
        }
    }

    @Override
    public boolean replace(String model, Alias alias, @Nullable Integer before, int version) {
        requireThere(model, version);
        try {
            return FolderLock.holding(folder.home(model), () -> {
                boolean unchanged = target(model, alias).equals(Optional.ofNullable(before));
                if (unchanged) {
                    point(model, alias, version);
                }
                return unchanged;
            });
        } catch (IOException e) {
            throw cannotPoint(model, alias, version, e);
        }
    }

    private static UncheckedIOException cannotPoint(String model, Alias alias, int version, IOException e) {
        return new UncheckedIOException(
                "cannot make version %d of %s the %s".formatted(version, model, alias.label()), e);
    }

    /** Under the lock, so that no version is deleted while an alias is pointed to it. */
    private void point(String model, Alias alias, int version) throws IOException {
        requireThere(model, version);
        Files.createDirectories(folder.aliases(model));
        Path next = Files.writeString(folder.temporary(model), Integer.toString(version));
        DurableFiles.force(next);
        DurableFiles.move(next, folder.alias(model, alias));
    }

    private void requireThere(String model, int version) {
        if (find(model, version).isEmpty()) {
            throw new UnknownVersionException(model, version);
        }
    }

    @Override
    public void unassign(String model, Alias alias) {
        try {
            if (Files.exists(folder.alias(model, alias))) {
                FolderLock.holding(folder.home(model), () -> {
                    boolean there = Files.deleteIfExists(folder.alias(model, alias));
                    if (there) {
                        DurableFiles.force(folder.aliases(model));
                    }
                    return there;
                });
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot take the alias %s from %s".formatted(alias.label(), model), e);
        }
    }

    /** One rename takes it out of sight; what a killed process leaves is in nobody's way and goes with the next one. */
    @Override
    public void delete(String model, int version) {
        try {
            Path doomed = FolderLock.holding(folder.home(model), () -> {
                requireIdle(model, version);
                Path there = folder.version(model, version);
                Path gone = folder.retired(model, version);
                if (Files.isDirectory(there) && !Files.exists(gone)) {
                    DurableFiles.move(there, gone);
                }
                return gone;
            });
            FileSystemUtils.deleteRecursively(doomed);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot delete version %d of %s".formatted(version, model), e);
        }
    }

    private void requireIdle(String model, int version) {
        List<Integer> numbers = folder.numbers(model);
        ModelVersion.requireIdle(
                model,
                version,
                numbers.isEmpty() ? 0 : numbers.getLast(),
                aliases(model).targets());
    }

    @Override
    public ModelBundle fetch(ModelVersion version) {
        return signing.require(read(version), version.inWords(), version.model(), version.runId());
    }

    @Override
    public void sign(ModelVersion version) {
        ModelBundle bundle = read(version);
        String signature =
                signing.signature(bundle).orElseThrow(() -> new IllegalStateException("there is no key to sign with"));
        try {
            Path next = Files.writeString(folder.temporary(version.model()), signature);
            DurableFiles.force(next);
            DurableFiles.move(next, bundle.directory().resolve(ModelBundle.SIGNATURE));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot sign " + version.inWords(), e);
        }
    }

    private ModelBundle read(ModelVersion version) {
        return ModelBundle.read(new StoredFolder(folder.bundle(version), encryption));
    }

    /** A number is never given twice, also where the version that had it is damaged. */
    private ModelVersion add(ModelBundle bundle, Map<String, String> tags) throws IOException {
        String model = bundle.header().model();
        List<Integer> numbers = folder.numbers(model);
        ModelVersion added = new ModelVersion(
                model,
                numbers.isEmpty() ? 1 : numbers.getLast() + 1,
                bundle.header().provenance().runId(),
                bundle.header().provenance().createdAt(),
                tags);
        Path staged = folder.temporary(model);
        copy(bundle.directory(), staged.resolve("bundle"));
        Optional<String> signature = signing.signature(bundle);
        if (signature.isPresent()) {
            Files.writeString(staged.resolve("bundle").resolve(ModelBundle.SIGNATURE), signature.get());
        }
        VersionFile.write(staged, added);
        Path home = folder.version(model, added.version());
        Files.createDirectories(home.getParent());
        DurableFiles.forceTree(staged);
        DurableFiles.move(staged, home);
        return added;
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Path target = to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(file, target);
                }
            }
        }
    }
}
