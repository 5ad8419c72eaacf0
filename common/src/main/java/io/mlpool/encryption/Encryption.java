package io.mlpool.encryption;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Writes and reads encrypted files: AES-GCM-HKDF, 256 bits, in segments of 64 KB, as Tink defines it. Of a file that was changed no
 * changed byte is given out, and one that was cut off is noticed at the cut. Safe to use from many threads.
 */
public final class Encryption {

    /** The setting that names the key file. */
    public static final String SETTING = "mlpool.encryption.keys";

    /** What names of encrypted files end in. */
    public static final String SUFFIX = ".enc";

    private static final Encryption OFF = new Encryption(null);

    /** Tink's classes are loaded with the class of this field, so not where there is no key. */
    private final @Nullable CurrentKeys keys;

    private Encryption(@Nullable CurrentKeys keys) {
        this.keys = keys;
    }

    /** Writes nothing encrypted and reads nothing encrypted. */
    public static Encryption off() {
        return OFF;
    }

    /**
     * Encrypts with the newest key of a file and decrypts with all of them. A file that changes is read again.
     *
     * @throws KeyFileException when no use can be made of the file
     */
    public static Encryption with(Path keys) {
        return new Encryption(new CurrentKeys(new KeyFile(keys)));
    }

    /** Whether what is written from now on is encrypted. */
    public boolean isOn() {
        return keys != null;
    }

    /**
     * A stream that encrypts what is written to it. Closing it ends the ciphertext and closes {@code out}.
     *
     * @param about what this is, its name for example; who reads must say the same, so that files cannot be swapped
     * @throws IllegalStateException when encryption is off
     */
    public OutputStream encrypting(OutputStream out, String about) throws IOException {
        if (keys == null) {
            throw new IllegalStateException("there is no key to encrypt %s with".formatted(about));
        }
        return keys.encrypting(out, about);
    }

    /**
     * Opens an encrypted file; whoever reads on gets plain content.
     *
     * @param about what was said when it was written
     * @throws EncryptedFileException here, or from the stream, when there is no key, the file was changed or cut off, or is about
     *     something else
     */
    public InputStream open(Path file, String about) throws IOException {
        if (keys == null) {
            throw EncryptedFileException.withoutKey(file);
        }
        InputStream in = Files.newInputStream(file);
        try {
            return new DecryptedStream(keys.decrypting(in, about), file, keys.file());
        } catch (IOException | RuntimeException e) {
            in.close();
            throw e;
        }
    }

    /**
     * Decrypts a file to its end, for those who must not begin with what turns out to be cut off later.
     *
     * @throws EncryptedFileException as {@link #open} and its stream do
     */
    public void verify(Path file, String about) throws IOException {
        try (InputStream in = open(file, about)) {
            in.transferTo(OutputStream.nullOutputStream());
        }
    }
}
