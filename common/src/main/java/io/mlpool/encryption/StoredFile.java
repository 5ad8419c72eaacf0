package io.mlpool.encryption;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * A file that lies encrypted, its name then ending in {@code .enc}, or plain. It is written as encryption says and read as it lies,
 * so that encryption can be switched on over what is there. It is bound to its name.
 *
 * @param plain where it lies when it is not encrypted
 */
public record StoredFile(Path plain, Encryption encryption) {

    /** A file that is not encrypted. */
    public static StoredFile plain(Path file) {
        return new StoredFile(file, Encryption.off());
    }

    /** Its name, whether it is encrypted or not. */
    public String name() {
        return plain.getFileName().toString();
    }

    /** Where it lies, or else where it will. */
    public Path path() {
        Path other = encryption.isOn() ? plain : encrypted();
        return !Files.exists(written()) && Files.exists(other) ? other : written();
    }

    /** Whether it lies encrypted, or will. */
    public boolean isEncrypted() {
        return !path().equals(plain);
    }

    public boolean exists() {
        return Files.exists(path());
    }

    /**
     * Its plain content.
     *
     * @throws NoSuchFileException when it is not there
     * @throws EncryptedFileException as {@link Encryption#open} says
     */
    public InputStream open() throws IOException {
        return isEncrypted() ? encryption.open(encrypted(), name()) : Files.newInputStream(plain);
    }

    /** All of its plain content; fails as {@link #open} does. */
    public byte[] bytes() throws IOException {
        try (InputStream in = open()) {
            return in.readAllBytes();
        }
    }

    /** Writes it in the place of what is there, at once. */
    public void write(byte[] content) throws IOException {
        write(new ByteArrayInputStream(content));
    }

    /** The same with the content of another file. */
    public void write(StoredFile content) throws IOException {
        try (InputStream in = content.open()) {
            write(in);
        }
    }

    private void write(InputStream content) throws IOException {
        write(content::transferTo);
    }

    /** What is written piece by piece. */
    @FunctionalInterface
    public interface Content {

        void writeTo(OutputStream out) throws IOException;
    }

    /** Writes it in the place of what is there, at once; only a part of it need lie in memory. */
    public void write(Content content) throws IOException {
        Path path = written();
        Path next = path.resolveSibling(path.getFileName() + ".next");
        try (OutputStream file = Files.newOutputStream(next);
                OutputStream out = encryption.isOn() ? encryption.encrypting(file, name()) : file) {
            content.writeTo(out);
        }
        Files.move(next, path, StandardCopyOption.ATOMIC_MOVE);
        Files.deleteIfExists(encryption.isOn() ? plain : encrypted());
    }

    private Path written() {
        return encryption.isOn() ? encrypted() : plain;
    }

    private Path encrypted() {
        return plain.resolveSibling(name() + Encryption.SUFFIX);
    }
}
