package io.mlpool.registry;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/** Where things lie in a registry's folder. */
record RegistryFolder(Path root) {

    /** Names that have at least one version, in alphabetical order. */
    List<String> models() {
        return children(root).stream()
                .filter(model -> !model.startsWith("."))
                .filter(model -> !children(versions(model)).isEmpty())
                .sorted()
                .toList();
    }

    /** Numbers of a model's versions, whatever is in them, in rising order. */
    List<Integer> numbers(String model) {
        return children(versions(model)).stream()
                .filter(name -> name.matches("[1-9][0-9]{0,8}"))
                .map(Integer::valueOf)
                .sorted()
                .toList();
    }

    Path version(String model, int number) {
        return versions(model).resolve(Integer.toString(number));
    }

    Path bundle(ModelVersion version) {
        return version(version.model(), version.version()).resolve("bundle");
    }

    Path versions(String model) {
        return home(model).resolve("versions");
    }

    Path aliases(String model) {
        return home(model).resolve("aliases");
    }

    Path alias(String model, Alias alias) {
        return aliases(model).resolve(alias.label());
    }

    /** Names come from requests: one with a path in it must not lead out of the registry, so it leads to an empty corner. */
    Path home(String model) {
        return root.resolve(ModelName.isOne(model) ? model : "no-model-has-this-name");
    }

    /** A name that nobody reads, on the same file system as its goal. */
    Path temporary(String model) throws IOException {
        Path folder = home(model).resolve(".staging");
        Files.createDirectories(folder);
        return folder.resolve(UUID.randomUUID().toString());
    }

    /** Where a version goes that is deleted, on the same file system. */
    Path retired(String model, int number) throws IOException {
        Path folder = home(model).resolve(".retired");
        Files.createDirectories(folder);
        return folder.resolve(Integer.toString(number));
    }

    private static List<String> children(Path directory) {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> children = Files.list(directory)) {
            return children.map(child -> child.getFileName().toString()).toList();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot list " + directory, e);
        }
    }
}
