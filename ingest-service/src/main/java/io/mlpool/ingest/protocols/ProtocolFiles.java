package io.mlpool.ingest.protocols;

import io.mlpool.ingest.Payload;
import io.mlpool.ingest.UnreadablePayloadException;
import io.mlpool.ingest.cleaning.Reason;
import io.mlpool.ingest.files.ByteBudget;
import io.mlpool.ingest.files.FileSource;
import io.mlpool.ingest.files.Unpacking;
import io.mlpool.ingest.symbols.SymbolMap;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipInputStream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * Files about protocols: lists of incidents and what was locked day by day, as CSV with any delimiter, each also within gzip or zip.
 * What a file is, is told by the names of its columns. Of one that is fetched again and again the hint {@code feed} tells it.
 */
public final class ProtocolFiles implements ProtocolSource {

    private final SymbolMap symbols;
    private final long mostUnpacked;

    /** @param mostUnpacked how many bytes a payload may unpack to */
    public ProtocolFiles(SymbolMap symbols, long mostUnpacked) {
        this.symbols = symbols;
        this.mostUnpacked = mostUnpacked;
    }

    @Override
    public String name() {
        return FileSource.NAME;
    }

    @Override
    public boolean reads(Payload payload) throws IOException {
        try (InputStream content = payload.content().open()) {
            return FileHead.peek(firstFile(content)).isPresent();
        } catch (ZipException | EOFException e) {
            return false; // whoever reads it in full says what is damaged
        }
    }

    @Override
    public Told read(Payload payload, Instant fetchedAt) throws IOException {
        String feed = payload.hints().get("feed");
        Told told = new Told(
                feed == null ? null : Feed.of(feed),
                payload.hints().getOrDefault("venue", FileRows.DEFI_PULSE),
                fetchedAt);
        FileRows rows = new FileRows(payload, symbols, told);
        ByteBudget budget = new ByteBudget(payload.name(), mostUnpacked);
        try (InputStream content = payload.content().open()) {
            new Unpacking(payload.name(), budget, (name, file, workbook) -> file(name, file, told, rows))
                    .unpack(payload.name(), content);
        } catch (ZipException | EOFException e) {
            told.bad(Reason.UNREADABLE, 0, "what is packed is damaged or cut off: " + e.getMessage());
        }
        if (told.isEmpty()) {
            throw new UnreadablePayloadException(payload.name(), rows.whyNothing());
        }
        return told;
    }

    private static void file(String name, InputStream content, Told told, FileRows rows) throws IOException {
        BufferedInputStream bytes = new BufferedInputStream(content, FileHead.LONGEST);
        Optional<FileHead> head = FileHead.peek(bytes);
        if (head.isEmpty()) {
            told.bad(Reason.UNREADABLE, 0, name + " names no columns of incidents or of what is locked");
            return;
        }
        bytes.skipNBytes(head.get().length());
        lines(bytes, head.get(), told, rows.reader(head.get()));
    }

    private static void lines(InputStream content, FileHead head, Told told, BiConsumer<Long, FileRow> reader)
            throws IOException {
        CSVParser lines = CSVFormat.DEFAULT
                .builder()
                .setDelimiter(head.delimiter())
                .setIgnoreSurroundingSpaces(true)
                .setTrailingData(true)
                .setLenientEof(true)
                .get()
                .parse(new InputStreamReader(content, StandardCharsets.UTF_8));
        try {
            for (CSVRecord fields : lines) {
                long line = lines.getCurrentLineNumber() + 1;
                reader.accept(line, new FileRow(head.columns(), fields, line));
            }
        } catch (UncheckedIOException e) {
            told.bad(Reason.UNREADABLE, lines.getCurrentLineNumber() + 1, "the CSV breaks off: " + e.getMessage());
        }
    }

    /** The content itself, or what the packed content begins with. */
    private static BufferedInputStream firstFile(InputStream content) throws IOException {
        BufferedInputStream bytes = new BufferedInputStream(content, FileHead.LONGEST);
        bytes.mark(2);
        byte[] magic = bytes.readNBytes(2);
        bytes.reset();
        if (magic.length == 2 && (magic[0] & 0xff) == 0x1f && (magic[1] & 0xff) == 0x8b) {
            return new BufferedInputStream(new GZIPInputStream(bytes), FileHead.LONGEST);
        }
        if (magic.length == 2 && magic[0] == 'P' && magic[1] == 'K') {
            ZipInputStream zip = new ZipInputStream(bytes);
            ZipEntry entry = zip.getNextEntry();
            while (entry != null && (entry.isDirectory() || entry.getName().matches("(.*/)?[._][^/]*|__MACOSX/.*"))) {
                entry = zip.getNextEntry();
            }
            return new BufferedInputStream(zip, FileHead.LONGEST);
        }
        return bytes;
    }
}
