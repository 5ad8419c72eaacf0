package io.mlpool.ingest.archive;

import io.mlpool.encryption.Encryption;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.zip.GZIPInputStream;

/** Content in its place in the archive, encrypted or, from times when encryption was off, not. */
record ContentFile(Path day, String sha256, Encryption encryption) {

    private static final int BUFFER = 1 << 16;

    /** Whether it is there in either form. */
    boolean exists() {
        return Files.exists(plain()) || Files.exists(encrypted());
    }

    /** Where new content goes. */
    Path place() {
        return encryption.isOn() ? encrypted() : plain();
    }

    /** The content, unpacked. */
    InputStream open() throws IOException {
        InputStream packed = packed();
        try {
            return new GZIPInputStream(packed, BUFFER);
        } catch (IOException e) {
            packed.close();
            throw e;
        }
    }

    /** Encrypts it with the newest key, whatever it was before; killed in between it is there in one form at least. */
    void renew() throws IOException {
        Path next = Files.createTempFile(day, ".", ".part");
        try {
            try (InputStream packed = packed();
                    OutputStream out = encryption.encrypting(Files.newOutputStream(next), sha256)) {
                packed.transferTo(out);
            }
            ArchivedContent.sync(next);
            Files.move(next, encrypted(), StandardCopyOption.ATOMIC_MOVE);
            ArchivedContent.sync(day);
            Files.deleteIfExists(plain());
        } finally {
            Files.deleteIfExists(next);
        }
    }

    private InputStream packed() throws IOException {
        if (Files.exists(plain())) {
            return Files.newInputStream(plain());
        }
        if (Files.exists(encrypted())) {
            encryption.verify(encrypted(), sha256); // before a candle of it is taken in
            return encryption.open(encrypted(), sha256);
        }
        throw new FileNotFoundException("%s is missing from the raw archive".formatted(place()));
    }

    private Path plain() {
        return day.resolve(sha256 + ".gz");
    }

    private Path encrypted() {
        return day.resolve(sha256 + ".gz" + Encryption.SUFFIX);
    }
}
