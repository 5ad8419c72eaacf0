package io.mlpool.registry;

import io.mlpool.model.BrokenBundleException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** {@code version.json}: what a registry's folder knows of a version beside its bundle. */
final class VersionFile {

    private static final String NAME = "version.json";
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private VersionFile() {}

    static void write(Path directory, ModelVersion version) throws IOException {
        Files.writeString(directory.resolve(NAME), JSON.writeValueAsString(version));
    }

    /** @throws BrokenBundleException when it is missing or damaged, or is that of another version */
    static ModelVersion read(Path directory, String model, int number) {
        String what = "version %d of %s: %s".formatted(number, model, NAME);
        @Nullable ModelVersion read;
        try {
            read = JSON.readValue(Files.readAllBytes(directory.resolve(NAME)), ModelVersion.class);
        } catch (IOException e) {
            throw new BrokenBundleException(what + " is missing or cannot be read", e);
        } catch (JacksonException | IllegalArgumentException e) {
            throw new BrokenBundleException(what + " is damaged", e);
        }
        if (read == null || read.version() != number || !model.equals(read.model())) {
            throw new BrokenBundleException(what + " is that of another version");
        }
        return read;
    }
}
