package io.mlpool.training.ensemble;

import io.mlpool.encryption.StoredFile;
import io.mlpool.encryption.StoredFolder;
import io.mlpool.training.Archive;
import io.mlpool.training.CannotFineTuneException;
import io.mlpool.training.TrainedModel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The networks of an ensemble's members in one file, each under the label of its algorithm.
 *
 * @param files by label; members without a network are not among them
 */
record MemberNetworks(Map<String, byte[]> files) {

    private static final String ENDING = ".network";

    /**
     * The networks of the champion to start from.
     *
     * @throws CannotFineTuneException when it is no ensemble, or has networks of other members only
     */
    static MemberNetworks ofChampion(StoredFile champion, Collection<String> members) {
        try {
            return ofChampion(champion.bytes(), members);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the champion's networks: " + e.getMessage(), e);
        }
    }

    /** The same of what is in the file. */
    static MemberNetworks ofChampion(byte[] champion, Collection<String> members) {
        Map<String, byte[]> files = new TreeMap<>();
        read(champion).entries().forEach((name, bytes) -> {
            if (name.endsWith(ENDING)) {
                files.put(name.substring(0, name.length() - ENDING.length()), bytes);
            }
        });
        if (files.keySet().stream().noneMatch(members::contains)) {
            throw new CannotFineTuneException("its networks are those of the members", files.keySet(), members);
        }
        return new MemberNetworks(files);
    }

    private static Archive read(byte[] champion) {
        try {
            return Archive.of(champion);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the champion's networks: " + e.getMessage(), e);
        }
    }

    static MemberNetworks of(Map<String, TrainedModel> models) {
        Map<String, byte[]> files = new TreeMap<>();
        models.forEach((label, model) -> model.network().ifPresent(file -> {
            try {
                files.put(label, file.bytes());
            } catch (IOException e) {
                throw new UncheckedIOException("cannot read the network of " + label, e);
            }
        }));
        return new MemberNetworks(files);
    }

    /** A member's network; empty when it has none. */
    Optional<byte[]> of(String label) {
        return Optional.ofNullable(files.get(label));
    }

    /** A member's network as a file of its own in its folder; empty when it has none. */
    Optional<StoredFile> unpacked(String label, StoredFolder folder) {
        byte[] bytes = files.get(label);
        if (bytes == null) {
            return Optional.empty();
        }
        StoredFile file = folder.file("champion.zip");
        try {
            Files.createDirectories(folder.directory());
            file.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file.path(), e);
        }
        return Optional.of(file);
    }

    /** All of them as one file; empty when there are none. */
    Optional<StoredFile> packed(StoredFile file) {
        if (files.isEmpty()) {
            return Optional.empty();
        }
        Map<String, byte[]> entries = new TreeMap<>();
        files.forEach((label, bytes) -> entries.put(label + ENDING, bytes));
        try {
            new Archive(entries).write(file);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file.path(), e);
        }
        return Optional.of(file);
    }
}
