package io.mlpool.signing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whose signatures count: the public keys in the {@code *.pem} files of a folder. It is read anew each time, so that a key counts from the moment its
 * file is there to the moment it is taken away.
 */
public final class TrustedKeys {

    private static final Logger LOG = LoggerFactory.getLogger(TrustedKeys.class);
    private static final byte[] PROBE = {1};

    private final Path folder;

    public TrustedKeys(Path folder) {
        this.folder = folder;
    }

    public Path folder() {
        return folder;
    }

    /**
     * The keys in the order of their files; one that is in two files is there twice.
     *
     * @throws UncheckedIOException when the folder cannot be read
     */
    public List<TrustedKey> all() {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".pem"))
                    .sorted()
                    .flatMap(file -> read(file).stream())
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("the folder of trusted keys %s cannot be read (%s)".formatted(folder, e), e);
        }
    }

    Set<String> ids() {
        return all().stream().map(TrustedKey::id).collect(Collectors.toCollection(TreeSet::new));
    }

    /** The key with this id. */
    Optional<PublicKey> find(String id) {
        return all().stream()
                .filter(key -> key.id().equals(id))
                .map(TrustedKey::key)
                .findFirst();
    }

    /** Id of the trusted key that belongs to a private one. */
    Optional<String> counterpart(PrivateKey key) {
        byte[] signed = Ed25519.sign(key, PROBE);
        return all().stream()
                .filter(trusted -> Ed25519.verify(trusted.key(), PROBE, signed))
                .map(TrustedKey::id)
                .findFirst();
    }

    /** One damaged file must not take the others with it. */
    private static Optional<TrustedKey> read(Path file) {
        try {
            return Optional.of(TrustedKey.read(file));
        } catch (IllegalArgumentException e) {
            LOG.warn("A trusted key is left out: {}", e.getMessage());
            return Optional.empty();
        }
    }
}
