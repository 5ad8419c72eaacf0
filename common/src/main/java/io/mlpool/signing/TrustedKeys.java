package io.mlpool.signing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
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

    /** Ids of the keys and the files they are in. */
    public SortedMap<String, Path> files() {
        SortedMap<String, Path> files = new TreeMap<>();
        try (Stream<Path> all = Files.list(folder)) {
            all.filter(file -> file.toString().endsWith(".pem"))
                    .forEach(file -> read(file).ifPresent(key -> files.put(Ed25519.id(key), file)));
        } catch (IOException e) {
            throw new UncheckedIOException("the folder of trusted keys %s cannot be read".formatted(folder), e);
        }
        return files;
    }

    /** The key with this id. */
    Optional<PublicKey> find(String id) {
        return Optional.ofNullable(files().get(id)).map(PemFile::readPublic);
    }

    /** Id of the trusted key that belongs to a private one. */
    Optional<String> counterpart(PrivateKey key) {
        byte[] signed = Ed25519.sign(key, PROBE);
        return files().entrySet().stream()
                .filter(entry -> Ed25519.verify(PemFile.readPublic(entry.getValue()), PROBE, signed))
                .map(Map.Entry::getKey)
                .findFirst();
    }

    /** One damaged file must not take the others with it. */
    private static Optional<PublicKey> read(Path file) {
        try {
            return Optional.of(PemFile.readPublic(file));
        } catch (IllegalArgumentException e) {
            LOG.warn("A trusted key is left out: {}", e.getMessage());
            return Optional.empty();
        }
    }
}
