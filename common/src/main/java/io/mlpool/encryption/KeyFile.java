package io.mlpool.encryption;

import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.StreamingAead;
import com.google.crypto.tink.TinkJsonProtoKeysetFormat;
import com.google.crypto.tink.streamingaead.AesGcmHkdfStreamingParameters;
import com.google.crypto.tink.streamingaead.StreamingAeadConfig2026;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A file of keys: a keyset of Tink in JSON, not encrypted itself, readable by its user only. One key of it, the primary, encrypts;
 * all of them decrypt.
 */
public record KeyFile(Path path) {

    private static final int SEGMENT = 64 << 10;
    private static final int AES_256 = 32;

    public KeyFile {
        path = path.toAbsolutePath().normalize();
    }

    /**
     * A key, without what is secret of it.
     *
     * @param id as Tink's tools print it
     * @param primary whether it is the one that encrypts
     */
    public record Entry(long id, boolean primary) {}

    /**
     * Makes the file, with one new key, and the folders that it is to be in, for their user only.
     *
     * @throws KeyFileException when there is such a file already, or it cannot be written
     */
    public void create() {
        if (Files.exists(path)) {
            throw new KeyFileException(
                    "%s exists already and is not overwritten: what is encrypted with its keys could never be read again"
                            .formatted(path));
        }
        try {
            PrivateFile.makeFolder(path);
        } catch (IOException e) {
            throw unwritable(e);
        }
        write(KeysetHandle.newBuilder()
                .setConfiguration(StreamingAeadConfig2026.get())
                .addEntry(newKey()));
    }

    /**
     * Adds a new key that encrypts from now on; those before it go on decrypting.
     *
     * @throws KeyFileException when no use can be made of the file, or it cannot be written
     */
    public void rotate() {
        write(KeysetHandle.newBuilder(read())
                .setConfiguration(StreamingAeadConfig2026.get())
                .addEntry(newKey()));
    }

    /**
     * The keys, the oldest first.
     *
     * @throws KeyFileException when no use can be made of the file
     */
    public List<Entry> entries() {
        KeysetHandle keys = read();
        return IntStream.range(0, keys.size())
                .mapToObj(keys::getAt)
                .map(key -> new Entry(Integer.toUnsignedLong(key.getId()), key.isPrimary()))
                .toList();
    }

    StreamingAead cipher() {
        try {
            return read().getPrimitive(StreamingAeadConfig2026.get(), StreamingAead.class);
        } catch (GeneralSecurityException e) {
            throw new KeyFileException("the keys in %s cannot be used: %s".formatted(path, e.getMessage()), e);
        }
    }

    private KeysetHandle read() {
        KeysetHandle keys = parse(PrivateFile.read(path));
        IntStream.range(0, keys.size()).mapToObj(keys::getAt).forEach(this::requireAes256);
        return keys;
    }

    /** What Tink says of a file that it cannot parse may quote from it, so it is not passed on. */
    private KeysetHandle parse(String json) {
        try {
            return TinkJsonProtoKeysetFormat.parseKeyset(
                    json, StreamingAeadConfig2026.get(), InsecureSecretKeyAccess.get());
        } catch (GeneralSecurityException | RuntimeException e) {
            throw new KeyFileException(
                    "%s holds no keyset of Tink in JSON, which is an object with \"primaryKeyId\" and at least one \"key\"; ./mlpool encryption create FILE makes one"
                            .formatted(path));
        }
    }

    private void requireAes256(KeysetHandle.Entry entry) {
        if (!(entry.getKey().getParameters() instanceof AesGcmHkdfStreamingParameters aes)
                || aes.getKeySizeBytes() < AES_256
                || aes.getDerivedAesGcmKeySizeBytes() != AES_256) {
            throw new KeyFileException(
                    "key %d in %s is no AES-256 key for streams (AES-GCM-HKDF, 32 bytes); ./mlpool encryption create FILE makes a file with one"
                            .formatted(Integer.toUnsignedLong(entry.getId()), path));
        }
    }

    private void write(KeysetHandle.Builder keys) {
        try {
            PrivateFile.write(
                    path,
                    TinkJsonProtoKeysetFormat.serializeKeyset(
                            keys.build(), StreamingAeadConfig2026.get(), InsecureSecretKeyAccess.get()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Tink cannot write the keys that it made", e);
        } catch (IOException e) {
            throw unwritable(e);
        }
    }

    private KeyFileException unwritable(IOException e) {
        String why = e instanceof AccessDeniedException
                ? "this user may not write to %s; choose another place, or make that folder and give it to this user"
                        .formatted(e.getMessage())
                : e.toString();
        return new KeyFileException("%s cannot be written: %s".formatted(path, why), e);
    }

    private static KeysetHandle.Builder.Entry newKey() {
        try {
            return KeysetHandle.generateEntryFromParameters(AesGcmHkdfStreamingParameters.builder()
                            .setKeySizeBytes(AES_256)
                            .setDerivedAesGcmKeySizeBytes(AES_256)
                            .setHkdfHashType(AesGcmHkdfStreamingParameters.HashType.SHA256)
                            .setCiphertextSegmentSizeBytes(SEGMENT)
                            .build())
                    .withRandomId()
                    .makePrimary();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Tink makes AES-256 keys", e);
        }
    }
}
