package io.mlpool.ingest.loading;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;
import org.postgresql.util.ByteStreamWriter;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.UncategorizedSQLException;

/**
 * PostgreSQL's binary COPY, row by row: half the server's work of the text form, because no number has to be parsed. Format:
 * <a href="https://www.postgresql.org/docs/18/sql-copy.html">COPY, Binary Format</a>.
 */
final class BinaryCopy implements AutoCloseable {

    private static final byte[] SIGNATURE = "PGCOPY\n\377\r\n\0".getBytes(StandardCharsets.ISO_8859_1);
    private static final long POSTGRES_EPOCH_MICROS = 946_684_800_000_000L;
    private static final int LARGEST_ROW = 1024;

    private static final String COLUMNS =
            "series_id, open_time, open, high, low, close, volume, volume_kind, flags, finished, source, ingested_at";

    private final String sql;
    private final CopyIn copy;
    private final ByteBuffer buffer = ByteBuffer.allocate(1 << 16);

    /** A copy into a table that has the columns of {@code candle}. */
    BinaryCopy(Connection connection, String table) {
        sql = "COPY %s (%s) FROM STDIN (FORMAT binary)".formatted(table, COLUMNS);
        try {
            copy = connection.unwrap(PGConnection.class).getCopyAPI().copyIn(sql);
        } catch (SQLException e) {
            throw failed(e);
        }
        buffer.put(SIGNATURE).putInt(0).putInt(0);
    }

    BinaryCopy row(int columns) {
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

    BinaryCopy text(byte[] utf8) {
        buffer.putInt(utf8.length).put(utf8);
        return this;
    }

    /** A timestamptz given as microseconds since 1970. */
    BinaryCopy timestamptz(long epochMicros) {
        buffer.putInt(8).putLong(epochMicros - POSTGRES_EPOCH_MICROS);
        return this;
    }

    /** Ends the COPY; only then do the rows count. */
    void end() {
        buffer.putShort((short) -1);
        flush();
        try {
            copy.endCopy();
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    /** Gives up a COPY that was not ended. */
    @Override
    public void close() {
        try {
            if (copy.isActive()) {
                copy.cancelCopy();
            }
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    private void flush() {
        try {
            copy.writeToCopy(ByteStreamWriter.of(buffer.flip()));
        } catch (SQLException e) {
            throw failed(e);
        }
        buffer.clear();
    }

    private DataAccessException failed(SQLException e) {
        return new UncategorizedSQLException("COPY", sql, e);
    }
}
