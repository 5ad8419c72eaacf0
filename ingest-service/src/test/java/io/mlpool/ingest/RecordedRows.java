package io.mlpool.ingest;

import io.mlpool.ingest.cleaning.Reason;
import java.util.ArrayList;
import java.util.List;

/** Keeps what a source tells. */
public final class RecordedRows implements RowSink {

    public final List<RawCandle> rows = new ArrayList<>();
    public final List<String> unreadable = new ArrayList<>();
    public final List<Reason> notes = new ArrayList<>();

    @Override
    public void row(RawCandle row) {
        rows.add(row);
    }

    @Override
    public void unreadable(long line, String reason, String text) {
        unreadable.add(line + ": " + reason);
    }

    @Override
    public void noted(Reason reason, long line, String text) {
        notes.add(reason);
    }
}
