package io.mlpool.standalone;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/** The key with which the commands ask a pool that asks for keys: in a file that only the pool's user may read. */
record CommandKey(Path file) {

    /** Name under which the pool knows it. */
    static final String NAME = "mlpool-command";

    /** The key, or nothing where no pool that asks for keys was ever started. */
    Optional<String> read() {
        try {
            return Files.exists(file) ? Optional.of(Files.readString(file).strip()) : Optional.empty();
        } catch (IOException e) {
            throw new MlpoolException(
                    "cannot read %s: the pool's key is for the user who started it".formatted(file), e);
        }
    }

    /** Replaces the file in one step; temporary files are made for their owner only. */
    void write(String key) {
        try {
            Path fresh = Files.createTempFile(file.getParent(), "command", ".key");
            Files.writeString(fresh, key + "\n");
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new MlpoolException("cannot write the pool's own key to " + file, e);
        }
    }
}
