package io.mlpool.encryption;

import com.google.crypto.tink.StreamingAead;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.GeneralSecurityException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The keys of a file as they are now: after a rotation services go on without a restart, and read what others write with the new key. */
final class CurrentKeys {

    private static final Logger log = LoggerFactory.getLogger(CurrentKeys.class);

    private final KeyFile file;
    private volatile Known known;

    CurrentKeys(KeyFile file) {
        this.file = file;
        this.known = new Known(modified(file.path()), file.cipher());
    }

    Path file() {
        return file.path();
    }

    OutputStream encrypting(OutputStream out, String about) throws IOException {
        try {
            return cipher().newEncryptingStream(out, about.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the key in %s cannot encrypt".formatted(file.path()), e);
        }
    }

    InputStream decrypting(InputStream in, String about) throws IOException {
        try {
            return cipher().newDecryptingStream(in, about.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the keys in %s cannot decrypt".formatted(file.path()), e);
        }
    }

    /** A file that is no good any more changes nothing: what is encrypted with keys that were known stays readable. */
    private StreamingAead cipher() {
        FileTime modified = modified(file.path());
        Known last = known;
        if (modified.equals(last.modified)) {
            return last.cipher;
        }
        StreamingAead cipher = last.cipher;
        try {
            cipher = file.cipher();
            log.info("The keys in {} changed and count from now on.", file.path());
        } catch (KeyFileException e) {
            log.warn("The keys known before stay in use. {}", e.getMessage());
        }
        known = new Known(modified, cipher);
        return cipher;
    }

    private static FileTime modified(Path file) {
        try {
            return Files.getLastModifiedTime(file);
        } catch (IOException gone) {
            return FileTime.fromMillis(0);
        }
    }

    /** A cipher, and when the file was written that it is of. */
    private record Known(FileTime modified, StreamingAead cipher) {}
}
