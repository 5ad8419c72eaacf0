package io.mlpool.ingest.files;

import io.mlpool.ingest.UnreadablePayloadException;
import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/** Takes gzip and zip apart, told by their first bytes and not by names; nothing is ever written to a path that a zip names. */
public final class Unpacking {

    private static final int DEEPEST = 3;
    private static final int MOST_FILES = 10_000;

    private final String payload;
    private final ByteBudget budget;
    private final Visitor visitor;
    private int files;

    public Unpacking(String payload, ByteBudget budget, Visitor visitor) {
        this.payload = payload;
        this.budget = budget;
        this.visitor = visitor;
    }

    /** Shows every file within {@code packed} to the visitor, which must not close it. */
    public void unpack(String name, InputStream packed) throws IOException {
        unpack(name, budget.packed(packed), 0);
    }

    private void unpack(String name, InputStream in, int depth) throws IOException {
        if (depth > DEEPEST) {
            throw refused(name, "is packed more than %d times".formatted(DEEPEST));
        }
        BufferedInputStream bytes = new BufferedInputStream(in, 1 << 16);
        byte[] head = head(bytes);
        if (startsWith(head, 0x1f, 0x8b)) {
            unpack(name, budget.unpacked(new GZIPInputStream(bytes, 1 << 16)), depth + 1);
        } else if (startsWith(head, 'P', 'K', 3, 4) && !Workbook.isOne(head)) {
            unzip(name, new ZipInputStream(bytes), depth);
        } else {
            visitor.file(name, bytes, Workbook.isOne(head));
        }
    }

    private void unzip(String name, ZipInputStream zip, int depth) throws IOException {
        for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
            if (++files > MOST_FILES) {
                throw refused(name, "holds more than %d files".formatted(MOST_FILES));
            }
            String inner = entry.getName().replace('\\', '/');
            if (inner.startsWith("/") || inner.matches("(.*/)?\\.\\.(/.*)?") || inner.indexOf('\0') >= 0) {
                throw refused(name, "holds a file that points outside, '%s'".formatted(inner));
            }
            if (!entry.isDirectory() && !inner.matches("(.*/)?[._][^/]*|__MACOSX/.*")) {
                InputStream file = budget.unpacked(new Open(zip));
                unpack(name + "/" + inner, file, depth + 1);
                file.transferTo(OutputStream.nullOutputStream()); // what nobody read counts as well
            }
        }
    }

    private UnreadablePayloadException refused(String name, String reason) {
        return new UnreadablePayloadException(
                payload, name + " " + reason + "; unpack it and pass the files one by one");
    }

    private static byte[] head(BufferedInputStream bytes) throws IOException {
        bytes.mark(256);
        byte[] head = bytes.readNBytes(128);
        bytes.reset();
        return head;
    }

    private static boolean startsWith(byte[] head, int... magic) {
        for (int i = 0; i < magic.length; i++) {
            if (head.length <= i || (head[i] & 0xff) != magic[i]) {
                return false;
            }
        }
        return true;
    }

    /** Sees one file after the other. */
    @FunctionalInterface
    public interface Visitor {
        void file(String name, InputStream content, boolean workbook) throws IOException;
    }

    /** A zip's stream stays open when the reader of one of its files is done. */
    private static final class Open extends FilterInputStream {

        Open(InputStream in) {
            super(in);
        }

        @Override
        public void close() {
            // the zip goes on with its next file
        }
    }
}
