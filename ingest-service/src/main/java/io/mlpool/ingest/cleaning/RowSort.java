package io.mlpool.ingest.cleaning;

import io.mlpool.ingest.RawCandle;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * Brings the rows of a payload into {@link RowOrder}. Memory is bounded: what does not fit is sorted in parts that wait in
 * temporary files and are merged while they are read back.
 */
public final class RowSort implements AutoCloseable {

    private static final int ROWS_IN_MEMORY = 200_000;

    private final int rowsInMemory;
    private final List<RawCandle> rows = new ArrayList<>();
    private final List<SpilledRows> spilled = new ArrayList<>();

    public RowSort() {
        this(ROWS_IN_MEMORY);
    }

    RowSort(int rowsInMemory) {
        this.rowsInMemory = rowsInMemory;
    }

    public void add(RawCandle row) {
        if (rows.size() == rowsInMemory) {
            spill();
        }
        rows.add(row);
    }

    /** All rows in order, to be read once, when the last one was added. */
    public Iterator<RawCandle> sorted() {
        rows.sort(RowOrder.INSTANCE);
        if (spilled.isEmpty()) {
            return rows.iterator();
        }
        List<Iterator<RawCandle>> parts = new ArrayList<>();
        spilled.forEach(part -> parts.add(part.iterator()));
        parts.add(rows.iterator());
        return new MergedRows(parts);
    }

    int spilledParts() {
        return spilled.size();
    }

    /** Removes the temporary files. */
    @Override
    public void close() {
        spilled.forEach(SpilledRows::close);
    }

    private void spill() {
        rows.sort(RowOrder.INSTANCE);
        try {
            spilled.add(SpilledRows.write(rows));
        } catch (IOException e) {
            throw new UncheckedIOException("rows could not be set aside for sorting; is the temporary folder full?", e);
        }
        rows.clear();
    }
}
