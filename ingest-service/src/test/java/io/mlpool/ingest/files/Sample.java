package io.mlpool.ingest.files;

import io.mlpool.ingest.Payload;
import io.mlpool.ingest.RecordedRows;
import io.mlpool.ingest.symbols.SymbolMap;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Small files of a test, read by the file source. */
final class Sample {

    private static final long MOST_UNPACKED = 16 << 20;

    private Sample() {}

    static RecordedRows read(String name, String content) {
        return read(name, content.getBytes(StandardCharsets.UTF_8), Map.of());
    }

    static RecordedRows read(String name, String content, Map<String, String> hints) {
        return read(name, content.getBytes(StandardCharsets.UTF_8), hints);
    }

    static RecordedRows read(String name, byte[] content, Map<String, String> hints) {
        RecordedRows rows = new RecordedRows();
        try {
            new FileSource(SymbolMap.bundled(), MOST_UNPACKED)
                    .read(new Payload(FileSource.NAME, name, hints, () -> new ByteArrayInputStream(content)), rows);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return rows;
    }

    static byte[] gzip(byte[] content) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    static byte[] zip(Map<String, byte[]> files) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (Map.Entry<String, byte[]> file : files.entrySet()) {
                zip.putNextEntry(new ZipEntry(file.getKey()));
                zip.write(file.getValue());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
