package io.mlpool.ingest.archive;

import io.mlpool.encryption.Encryption;
import io.mlpool.ingest.Payload;
import io.mlpool.ingest.UnreadablePayloadException;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.zip.Deflater;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipException;

/** Content written aside, not yet in its place; what is not moved there is removed. With encryption on it is encrypted from the first byte. */
record ArchivedContent(Path file, String sha256, Encryption encryption) implements AutoCloseable {

    private static final int BUFFER = 1 << 16;

    /** What encrypted content is about until all of it was seen and its digest is known. */
    private static final String NOT_YET_NAMED = "part";

    /** Writes the content; a payload that is gzip already is unpacked, so that its digest does not depend on who packed it. */
    static ArchivedContent write(Payload payload, Path folder, long mostUnpacked, Encryption encryption)
            throws IOException {
        Path file = aside(folder);
        try {
            MessageDigest digest = sha256Digest();
            try (InputStream content = new DigestInputStream(plain(payload.content()), digest);
                    OutputStream packed = new FastGzip(encrypted(file, NOT_YET_NAMED, encryption))) {
                copy(payload, content, packed, mostUnpacked);
            }
            return new ArchivedContent(file, HexFormat.of().formatHex(digest.digest()), encryption);
        } catch (ZipException | EOFException e) {
            Files.deleteIfExists(file);
            throw new UnreadablePayloadException(
                    payload.name(), "the gzip is damaged or cut off (%s); fetch it again".formatted(e.getMessage()));
        } catch (IOException | RuntimeException e) {
            Files.deleteIfExists(file);
            throw e;
        }
    }

    private static void copy(Payload payload, InputStream content, OutputStream packed, long most) throws IOException {
        byte[] buffer = new byte[BUFFER];
        long size = 0;
        for (int read = content.read(buffer); read >= 0; read = content.read(buffer)) {
            size += read;
            if (size > most) {
                throw new UnreadablePayloadException(
                        payload.name(),
                        "it unpacks to more than %d bytes; pass smaller files or raise mlpool.ingest.max-unpacked"
                                .formatted(most));
            }
            packed.write(buffer, 0, read);
        }
    }

    /** Gives the content its place in the folder of a day, unless it is there already. */
    void moveTo(Path day) throws IOException {
        ContentFile content = new ContentFile(day, sha256, encryption);
        if (content.exists()) {
            return;
        }
        if (encryption.isOn()) {
            encryptUnderItsDigest();
        }
        sync(file);
        Files.createDirectories(day);
        Files.move(file, content.place(), StandardCopyOption.ATOMIC_MOVE);
        sync(day);
    }

    private void encryptUnderItsDigest() throws IOException {
        Path named = aside(file.resolveSibling(""));
        try {
            try (InputStream packed = encryption.open(file, NOT_YET_NAMED);
                    OutputStream out = encrypted(named, sha256, encryption)) {
                packed.transferTo(out);
            }
            Files.move(named, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(named);
        }
    }

    private static Path aside(Path folder) throws IOException {
        return Files.createTempFile(folder, ".", ".part");
    }

    private static OutputStream encrypted(Path file, String about, Encryption encryption) throws IOException {
        OutputStream out = Files.newOutputStream(file);
        return encryption.isOn() ? encryption.encrypting(out, about) : out;
    }

    @Override
    public void close() throws IOException {
        Files.deleteIfExists(file);
    }

    /** Forces a file, or the names in a folder, to the disk. */
    static void sync(Path path) throws IOException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    private static InputStream plain(Payload.Content content) throws IOException {
        BufferedInputStream bytes = new BufferedInputStream(content.open(), BUFFER);
        bytes.mark(2);
        boolean gzip = bytes.read() == 0x1f && bytes.read() == 0x8b;
        bytes.reset();
        return gzip ? new GZIPInputStream(bytes, BUFFER) : bytes;
    }

    private static MessageDigest sha256Digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** Archiving stands in the way of loading: level 1 takes a third of the default's time and a fifth more space. */
    private static final class FastGzip extends GZIPOutputStream {

        FastGzip(OutputStream out) throws IOException {
            super(out, BUFFER);
            def.setLevel(Deflater.BEST_SPEED);
        }
    }
}
