package io.mlpool.training;

import io.mlpool.encryption.StoredFile;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/**
 * Several files in one, which is replaced at once: whoever is killed while writing leaves either all old ones or all new ones.
 *
 * @param entries content by name
 */
public record Archive(Map<String, byte[]> entries) {

    public Archive {
        entries = Map.copyOf(entries);
    }

    /** The archive in this file. */
    public static Archive read(StoredFile file) throws IOException {
        try (InputStream in = file.open()) {
            return read(in);
        }
    }

    /** The archive in these bytes; empty when they are none. */
    public static Archive of(byte[] bytes) throws IOException {
        return read(new ByteArrayInputStream(bytes));
    }

    private static Archive read(InputStream in) throws IOException {
        Map<String, byte[]> entries = new TreeMap<>();
        try (ZipInputStream zip = new ZipInputStream(in)) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                entries.put(entry.getName(), zip.readAllBytes());
            }
        }
        return new Archive(entries);
    }

    /** Content of an entry that must be there. */
    public byte[] entry(String name) throws IOException {
        byte[] entry = entries.get(name);
        if (entry == null) {
            throw new IOException("it holds no " + name);
        }
        return entry;
    }

    /** Writes it in the place of what is there; the same entries make the same bytes, unless they are encrypted. */
    public void write(StoredFile file) throws IOException {
        Files.createDirectories(file.plain().toAbsolutePath().getParent());
        file.write(bytes());
    }

    private byte[] bytes() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            zip.setLevel(0);
            for (Map.Entry<String, byte[]> entry : new TreeMap<>(entries).entrySet()) {
                ZipEntry header = new ZipEntry(entry.getKey());
                header.setTime(0);
                zip.putNextEntry(header);
                zip.write(entry.getValue());
            }
        }
        return bytes.toByteArray();
    }
}
