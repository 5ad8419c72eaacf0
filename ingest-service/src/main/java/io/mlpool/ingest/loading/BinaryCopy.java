package io.mlpool.ingest.loading;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;
import org.postgresql.util.ByteStreamWriter;

/**
 * PostgreSQL's binary COPY, row by row: half the server's work of the text form, because no number has to be parsed. Format:
 * <a href="https://www.postgresql.org/docs/18/sql-copy.html">COPY, Binary Format</a>.
 */
final class BinaryCopy implements AutoCloseable {

    private static final byte[] SIGNATURE = "PGCOPY\n\377\r\n\0".getBytes(StandardCharsets.ISO_8859_1);
    private static final long POSTGRES_EPOCH_MICROS = 946_684_800_000_000L;
    private static final int LARGEST_ROW = 1024;

    private final CopyIn copy;
    private final ByteBuffer buffer = ByteBuffer.allocate(1 << 16);

    BinaryCopy(Connection connection, String sql) throws SQLException {
        copy = connection.unwrap(PGConnection.class).getCopyAPI().copyIn(sql);
        buffer.put(SIGNATURE).putInt(0).putInt(0);
    }

    BinaryCopy row(int columns) throws SQLException {
        if (buffer.remaining() < LARGEST_ROW) {
            flush();
        }
        buffer.putShort((short) columns);
        return this;
    }

    BinaryCopy int4(int value) {
        buffer.putInt(4).putInt(value);
        return this;
    }

    BinaryCopy int2(int value) {
        buffer.putInt(2).putShort((short) value);
        return this;
    }

    BinaryCopy float8(double value) {
        buffer.putInt(8).putDouble(value);
        return this;
    }

    BinaryCopy bool(boolean value) {
        buffer.putInt(1).put((byte) (value ? 1 : 0));
        return this;
    }

    /** A timestamptz given as microseconds since 1970. */
    BinaryCopy timestamptz(long epochMicros) {
        buffer.putInt(8).putLong(epochMicros - POSTGRES_EPOCH_MICROS);
        return this;
    }

    /** Ends the COPY; only then do the rows count. */
    void end() throws SQLException {
        buffer.putShort((short) -1);
        flush();
        copy.endCopy();
    }

    /** Gives up a COPY that was not ended. */
    @Override
    public void close() throws SQLException {
        if (copy.isActive()) {
            copy.cancelCopy();
        }
    }

    private void flush() throws SQLException {
        copy.writeToCopy(ByteStreamWriter.of(buffer.flip()));
        buffer.clear();
    }
}
