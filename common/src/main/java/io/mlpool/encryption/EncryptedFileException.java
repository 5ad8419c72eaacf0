package io.mlpool.encryption;

import java.io.IOException;
import java.nio.file.Path;

/** An encrypted file that cannot be read; the message names it and says what to do. */
public final class EncryptedFileException extends IOException {

    private EncryptedFileException(String message) {
        super(message);
    }

    private EncryptedFileException(String message, Throwable cause) {
        super(message, cause);
    }

    static EncryptedFileException withoutKey(Path file) {
        return new EncryptedFileException(
                "%s is encrypted: let %s name the key file".formatted(file, Encryption.SETTING));
    }

    /** Which of these it was nobody can tell: that is how the cipher works. */
    static EncryptedFileException undecipherable(Path file, Path keys, IOException cause) {
        return new EncryptedFileException(
                "%s cannot be decrypted: it was changed or cut off, or another file was put in its place, or its key is not in %s"
                        .formatted(file, keys),
                cause);
    }
}
