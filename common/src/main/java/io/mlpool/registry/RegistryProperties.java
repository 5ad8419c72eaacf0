package io.mlpool.registry;

import jakarta.validation.constraints.NotNull;
import java.nio.file.Path;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

/**
 * Where models are kept on this machine.
 *
 * @param storage folder of training's runs; beside them the registry, when it is one of folders, and bundles fetched from MLflow
 */
@Validated
@ConfigurationProperties("mlpool.model")
public record RegistryProperties(@NotNull Path storage) {

    /** The registry of folders: training and serving must see the same. */
    Path folders() {
        return storage.resolve("registry");
    }

    /** Bundles from MLflow; each machine may have its own. */
    Path fetched() {
        return storage.resolve("fetched");
    }
}
