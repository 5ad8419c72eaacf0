package io.mlpool.encryption;

import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Whether files are encrypted.
 *
 * @param keys path of the key file, the same for all services; nothing is encrypted where there is none
 */
@ConfigurationProperties("mlpool.encryption")
public record EncryptionProperties(@Nullable String keys) {

    /** The key file; empty where nothing is encrypted. */
    public Optional<Path> keyFile() {
        return Optional.ofNullable(keys).filter(path -> !path.isBlank()).map(Path::of);
    }
}
