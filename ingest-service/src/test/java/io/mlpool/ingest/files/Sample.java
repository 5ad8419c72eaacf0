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
import java.util.LinkedHashMap;
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

    /** One minute of candles as Bitget packs them. */
    static byte[] workbook() {
        Map<String, byte[]> parts = new LinkedHashMap<>();
        parts.put("[Content_Types].xml", utf8("<Types/>"));
        parts.put("xl/worksheets/sheet1.xml", utf8("""
                <worksheet><sheetData>
                <row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c><c r="C1" t="s"><v>2</v></c>
                <c r="D1" t="s"><v>3</v></c><c r="E1" t="s"><v>4</v></c><c r="F1" t="inlineStr"><is><t>basevolume</t></is></c></row>
                <row r="2"><c r="A2"><v>1704067200</v></c><c r="B2"><v>10</v></c><c r="C2"><v>12.5</v></c>
                <c r="D2"><v>9</v></c><c r="E2"><v>11</v></c><c r="F2"><v>5</v></c></row>
                </sheetData></worksheet>"""));
        parts.put(
                "xl/sharedStrings.xml",
                utf8(
                        "<sst><si><t>timestamp</t></si><si><t>open</t></si><si><t>high</t></si><si><t>low</t></si><si><r><t>clo</t></r><r><t>se</t></r></si></sst>"));
        return zip(parts);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
