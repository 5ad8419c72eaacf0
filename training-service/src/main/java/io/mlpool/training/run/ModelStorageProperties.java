package io.mlpool.training.run;

import java.nio.file.Path;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

/**
 * Where models are kept.
 *
 * @param storage folder of the registry and of the runs; every replica and the serving service must see the same
 */
@Validated
@ConfigurationProperties("mlpool.model")
record ModelStorageProperties(
        @jakarta.validation.constraints.NotNull Path storage) {

    Path registry() {
        return storage.resolve("registry");
    }
}
