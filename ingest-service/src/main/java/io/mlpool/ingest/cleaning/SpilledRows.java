package io.mlpool.ingest.cleaning;

import io.mlpool.ingest.RawCandle;
import io.mlpool.market.SeriesKey;
import io.mlpool.market.Volume;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;

/** A sorted part of the rows in a temporary file. Series are kept in memory, rows refer to them by number. */
final class SpilledRows implements AutoCloseable, Iterable<RawCandle> {

    private final Path file;
    private final int size;
    private final List<Series> series;
    private final List<DataInputStream> open = new ArrayList<>();

    private SpilledRows(Path file, int size, List<Series> series) {
        this.file = file;
        this.size = size;
        this.series = series;
    }

    static SpilledRows write(List<RawCandle> rows) throws IOException {
        Path file = Files.createTempFile("mlpool-rows-", ".part");
        Map<Series, Integer> numbers = new HashMap<>();
        List<Series> series = new ArrayList<>();
        try (DataOutputStream out =
                new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file), 1 << 16))) {
            for (RawCandle row : rows) {
                int number = numbers.computeIfAbsent(new Series(row.key(), row.venue()), s -> {
                    series.add(s);
                    return series.size() - 1;
                });
                write(row, number, out);
            }
        } catch (IOException | RuntimeException e) {
            Files.deleteIfExists(file);
            throw e;
        }
        return new SpilledRows(file, rows.size(), series);
    }

    @Override
    public Iterator<RawCandle> iterator() {
        try {
            DataInputStream in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file), 1 << 15));
            open.add(in);
            return new Rows(in);
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    @Override
    public void close() {
        try {
            for (DataInputStream in : open) {
                in.close();
            }
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    private static void write(RawCandle row, int series, DataOutputStream out) throws IOException {
        out.writeInt(series);
        out.writeLong(row.line());
        Instant time = row.openTime();
        out.writeLong(time.getEpochSecond());
        out.writeInt(time.getNano());
        out.writeDouble(row.open());
        out.writeDouble(row.high());
        out.writeDouble(row.low());
        out.writeDouble(row.close());
        out.writeDouble(row.volumeAmount());
        out.writeByte(row.volumeKind().code());
        out.writeBoolean(row.closeOnly());
        out.writeBoolean(row.finished());
    }

    private RawCandle read(DataInputStream in) throws IOException {
        Series of = series.get(in.readInt());
        long line = in.readLong();
        Instant openTime = Instant.ofEpochSecond(in.readLong(), in.readInt());
        return new RawCandle(
                of.key,
                of.venue,
                line,
                openTime,
                in.readDouble(),
                in.readDouble(),
                in.readDouble(),
                in.readDouble(),
                in.readDouble(),
                Volume.Kind.of(in.readByte()),
                in.readBoolean(),
                in.readBoolean());
    }

    private UncheckedIOException unreadable(IOException e) {
        return new UncheckedIOException("rows set aside in %s could not be read back".formatted(file), e);
    }

    private record Series(SeriesKey key, String venue) {}

    private final class Rows implements Iterator<RawCandle> {

        private final DataInputStream in;
        private int left = size;

        Rows(DataInputStream in) {
            this.in = in;
        }

        @Override
        public boolean hasNext() {
            return left > 0;
        }

        @Override
        public RawCandle next() {
            if (left == 0) {
                throw new NoSuchElementException("all rows were read");
            }
            left--;
            try {
                return read(in);
            } catch (IOException e) {
                throw unreadable(e);
            }
        }
    }
}
