package io.mlpool.ingest.cleaning;

import io.mlpool.ingest.RawCandle;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.PriorityQueue;

/** Merges sorted parts; of equal rows the one from the earlier part comes first. */
final class MergedRows implements Iterator<RawCandle> {

    private final PriorityQueue<Head> heads = new PriorityQueue<>();

    MergedRows(List<Iterator<RawCandle>> parts) {
        for (int i = 0; i < parts.size(); i++) {
            push(i, parts.get(i));
        }
    }

    @Override
    public boolean hasNext() {
        return !heads.isEmpty();
    }

    @Override
    public RawCandle next() {
        Head head = heads.poll();
        if (head == null) {
            throw new NoSuchElementException("all rows were read");
        }
        push(head.part, head.rest);
        return head.row;
    }

    private void push(int part, Iterator<RawCandle> rest) {
        if (rest.hasNext()) {
            heads.add(new Head(part, rest.next(), rest));
        }
    }

    private record Head(int part, RawCandle row, Iterator<RawCandle> rest) implements Comparable<Head> {

        @Override
        public int compareTo(Head other) {
            int order = RowOrder.INSTANCE.compare(row, other.row);
            return order != 0 ? order : Integer.compare(part, other.part);
        }
    }
}
