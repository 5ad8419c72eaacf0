package io.mlpool.ingest.files;

import io.mlpool.ingest.UnreadablePayloadException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Counts what goes into unpacking and what comes out, and stops what was made to fill the disk. */
public final class ByteBudget {

    private static final long HARMLESS = 64L << 20;
    private static final long WORST_RATIO = 250;

    private final String payload;
    private final long most;
    private long packed;
    private long unpacked;

    /** @param most how many bytes may come out in all */
    public ByteBudget(String payload, long most) {
        this.payload = payload;
        this.most = most;
    }

    InputStream packed(InputStream in) {
        return new Counted(in) {
            @Override
            void count(long bytes) {
                packed += bytes;
            }
        };
    }

    InputStream unpacked(InputStream in) {
        return new Counted(in) {
            @Override
            void count(long bytes) {
                unpacked += bytes;
                check();
            }
        };
    }

    /** Whether more came out than is allowed. */
    boolean isSpent() {
        return unpacked > most || (unpacked > HARMLESS && unpacked / WORST_RATIO > packed);
    }

    private void check() {
        if (isSpent()) {
            throw new UnreadablePayloadException(
                    payload,
                    "%d bytes unpack to more than %d; unpack it and pass smaller files, or raise mlpool.ingest.max-unpacked"
                            .formatted(packed, unpacked));
        }
    }

    private abstract static class Counted extends FilterInputStream {

        Counted(InputStream in) {
            super(in);
        }

        abstract void count(long bytes);

        @Override
        public int read() throws IOException {
            int value = super.read();
            count(value < 0 ? 0 : 1);
            return value;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int read = super.read(bytes, offset, length);
            count(Math.max(0, read));
            return read;
        }
    }
}
