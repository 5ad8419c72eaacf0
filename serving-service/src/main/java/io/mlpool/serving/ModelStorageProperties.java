package io.mlpool.serving;

import java.nio.file.Path;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Where models are kept.
 *
 * @param storage folder that training and serving share; the registry is in it
 */
@ConfigurationProperties("mlpool.model")
record ModelStorageProperties(Path storage) {

    Path registry() {
        return storage.resolve("registry");
    }
}
