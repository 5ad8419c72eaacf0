package io.mlpool.registry;

import io.mlpool.encryption.Encryption;
import io.mlpool.encryption.StoredFolder;
import io.mlpool.model.ModelBundle;
import io.mlpool.signing.BundleSigning;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import tools.jackson.databind.json.JsonMapper;

/**
 * A registry in a folder that all services see: {@code <root>/<model>/versions/<n>/{version.json, bundle/}} and
 * {@code <root>/<model>/aliases/<alias>}. A version appears whole by one rename; an alias changes by one rename. Both are on disk before
 * the call returns, so that no power cut leaves half of them.
 */
public final class FolderRegistry implements ModelRegistry {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String VERSION_FILE = "version.json";

    private final Path root;
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
        this.root = root;
        this.signing = signing;
        this.encryption = encryption;
    }

    @Override
    public String place() {
        return "folder " + root.toAbsolutePath();
    }

    @Override
    public String publicPlace() {
        return "a folder of the service";
    }

    @Override
    public List<String> models() {
        return children(root).stream()
                .map(model -> model.getFileName().toString())
                .filter(model -> !children(versionsOf(model)).isEmpty())
                .sorted()
                .toList();
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
            } catch (UncheckedIOException | NumberFormatException e) {
                unreadable.put(alias, String.valueOf(e.getMessage()));
            }
        }
        return new ModelAliases(model, targets, unreadable);
    }

    @Override
    public List<ModelVersion> versions(String model) {
        return children(versionsOf(model)).stream()
                .map(directory -> directory.resolve(VERSION_FILE))
                .filter(Files::exists)
                .map(FolderRegistry::readVersion)
                .sorted(Comparator.comparingInt(ModelVersion::version))
                .toList();
    }

    /** Looks at that version alone: watches ask every second, and versions add up. */
    @Override
    public Optional<ModelVersion> find(String model, int version) {
        Path file = versionsOf(model).resolve(Integer.toString(version)).resolve(VERSION_FILE);
        return Files.exists(file) ? Optional.of(readVersion(file)) : Optional.empty();
    }

    @Override
    public ModelVersion register(ModelBundle bundle, Map<String, String> tags) {
        String model = bundle.manifest().model();
        try {
            return FolderLock.holding(home(model), () -> {
                List<ModelVersion> versions = versions(model);
                String runId = bundle.manifest().provenance().runId();
                Optional<ModelVersion> known = ofRun(model, runId);
                return known.isPresent() ? known.get() : add(bundle, tags, versions);
            });
        } catch (IOException e) {
            throw new UncheckedIOException("cannot register a version of %s in %s".formatted(model, root), e);
        }
    }

    @Override
    public Optional<ModelVersion> find(String model, Alias alias) {
        return target(model, alias).flatMap(version -> find(model, version));
    }

    private Optional<Integer> target(String model, Alias alias) {
        try {
            return Optional.of(
                    Integer.parseInt(Files.readString(aliasFile(model, alias)).strip()));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read which version of %s is %s".formatted(model, alias.label()), e);
        }
    }

    @Override
    public void assign(String model, Alias alias, int version) {
        if (find(model, version).isEmpty()) {
            throw new UnknownVersionException(model, version);
        }
        try {
            Path file = aliasFile(model, alias);
            Files.createDirectories(aliasesOf(model));
            Path next = Files.writeString(temporary(model), Integer.toString(version));
            DurableFiles.force(next);
            DurableFiles.move(next, file);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "cannot make version %d of %s the %s".formatted(version, model, alias.label()), e);
        }
    }

    @Override
    public void unassign(String model, Alias alias) {
        try {
            if (Files.deleteIfExists(aliasFile(model, alias))) {
                DurableFiles.force(aliasesOf(model));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot take the alias %s from %s".formatted(alias.label(), model), e);
        }
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
            Path next = Files.writeString(temporary(version.model()), signature);
            DurableFiles.force(next);
            DurableFiles.move(next, bundle.directory().resolve(ModelBundle.SIGNATURE));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot sign " + version.inWords(), e);
        }
    }

    private ModelBundle read(ModelVersion version) {
        Path bundle = versionsOf(version.model())
                .resolve(Integer.toString(version.version()))
                .resolve("bundle");
        return ModelBundle.read(new StoredFolder(bundle, encryption));
    }

    private ModelVersion add(ModelBundle bundle, Map<String, String> tags, List<ModelVersion> versions)
            throws IOException {
        String model = bundle.manifest().model();
        ModelVersion added = new ModelVersion(
                model,
                versions.isEmpty() ? 1 : versions.getLast().version() + 1,
                bundle.manifest().provenance().runId(),
                bundle.manifest().provenance().createdAt(),
                tags);
        Path staged = temporary(model);
        copy(bundle.directory(), staged.resolve("bundle"));
        Optional<String> signature = signing.signature(bundle);
        if (signature.isPresent()) {
            Files.writeString(staged.resolve("bundle").resolve(ModelBundle.SIGNATURE), signature.get());
        }
        Files.writeString(staged.resolve(VERSION_FILE), JSON.writeValueAsString(added));
        Path home = versionsOf(model).resolve(Integer.toString(added.version()));
        Files.createDirectories(home.getParent());
        DurableFiles.forceTree(staged);
        DurableFiles.move(staged, home);
        return added;
    }

    private Path versionsOf(String model) {
        return home(model).resolve("versions");
    }

    private Path aliasFile(String model, Alias alias) {
        return aliasesOf(model).resolve(alias.label());
    }

    private Path aliasesOf(String model) {
        return home(model).resolve("aliases");
    }

    /** Names come from requests: one with a path in it must not lead out of the registry, so it leads to an empty corner. */
    private Path home(String model) {
        return root.resolve(ModelName.isOne(model) ? model : "no-model-has-this-name");
    }

    /** A name that nobody reads, on the same file system as its goal. */
    private Path temporary(String model) throws IOException {
        Path folder = home(model).resolve(".staging");
        Files.createDirectories(folder);
        return folder.resolve(UUID.randomUUID().toString());
    }

    private static ModelVersion readVersion(Path file) {
        try {
            return JSON.readValue(Files.readAllBytes(file), ModelVersion.class);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }

    private static List<Path> children(Path directory) {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> children = Files.list(directory)) {
            return children.toList();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot list " + directory, e);
        }
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
