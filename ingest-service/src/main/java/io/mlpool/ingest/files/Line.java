package io.mlpool.ingest.files;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The fields of one line as slices of a buffer: reading a number from it makes no garbage. */
final class Line {

    private static final int MOST_FIELDS = 64;

    private final int[] starts = new int[MOST_FIELDS];
    private final int[] ends = new int[MOST_FIELDS];
    private byte[] bytes = {};
    private int size;
    private long number;
    private boolean commaIsDecimal;

    /** A line of these fields. */
    static Line of(long number, List<String> fields) {
        byte[] bytes = String.join("\n", fields).getBytes(StandardCharsets.UTF_8);
        Line line = new Line();
        line.begin(number, bytes, false);
        int start = 0;
        for (String field : fields) {
            int end = start + field.getBytes(StandardCharsets.UTF_8).length;
            line.field(start, end);
            start = end + 1;
        }
        return line;
    }

    void begin(long lineNumber, byte[] buffer, boolean decimalComma) {
        number = lineNumber;
        bytes = buffer;
        commaIsDecimal = decimalComma;
        size = 0;
    }

    /** Adds a field without the blanks around it; those beyond the 64th are not kept. */
    void field(int start, int end) {
        if (size == MOST_FIELDS) {
            return;
        }
        int from = start;
        int to = end;
        while (from < to && bytes[from] <= ' ' && bytes[from] >= 0) {
            from++;
        }
        while (to > from && bytes[to - 1] <= ' ' && bytes[to - 1] >= 0) {
            to--;
        }
        starts[size] = from;
        ends[size++] = to;
    }

    /** A line that stays valid. */
    Line copy() {
        Line copy = of(number, texts());
        copy.commaIsDecimal = commaIsDecimal;
        return copy;
    }

    /** Where it stands, counted from 1. */
    long number() {
        return number;
    }

    int size() {
        return size;
    }

    boolean isBlank() {
        return size == 0 || (size == 1 && starts[0] == ends[0]);
    }

    String text(int field) {
        return new String(bytes, starts[field], ends[field] - starts[field], StandardCharsets.UTF_8);
    }

    List<String> texts() {
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            texts.add(text(i));
        }
        return texts;
    }

    /**
     * The field as a number; NaN when it is empty or says so.
     *
     * @throws NumberFormatException when it is none
     */
    double number(int field) {
        return DecimalText.parse(bytes, starts[field], ends[field], commaIsDecimal);
    }

    /**
     * The field as a time in microseconds since 1970, UTC.
     *
     * @throws NumberFormatException when it is none
     */
    long micros(int field) {
        return TimeText.micros(bytes, starts[field], ends[field]);
    }

    @Override
    public String toString() {
        return String.join(",", texts());
    }
}
