package io.mlpool.encryption;

import java.nio.file.Path;

/** A folder of files that are written encrypted, or plain, and read as they lie. */
public record StoredFolder(Path directory, Encryption encryption) {

    /** A folder of files that are not encrypted. */
    public static StoredFolder plain(Path directory) {
        return new StoredFolder(directory, Encryption.off());
    }

    public StoredFile file(String name) {
        return new StoredFile(directory.resolve(name), encryption);
    }

    public StoredFolder folder(String name) {
        return new StoredFolder(directory.resolve(name), encryption);
    }
}
