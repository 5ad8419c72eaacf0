package io.mlpool.ingest.files;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Delimited text, read through one buffer; quotes around a field protect delimiters within it. */
final class DelimitedText implements Table {

    static final int LONGEST_LINE = 1 << 16;
    private static final String DELIMITERS = "\t;|,";

    private final InputStream in;
    private final byte[] buffer = new byte[2 * LONGEST_LINE];
    private final Line line = new Line();
    private byte delimiter;
    private long lines;
    private int at;
    private int filled;
    private boolean ended;
    private @Nullable String damage;

    DelimitedText(InputStream in) throws IOException {
        this.in = in;
        fill();
        delimiter = delimiterOf(new String(buffer, 0, Math.min(filled, LONGEST_LINE), StandardCharsets.UTF_8));
        if (filled >= 3 && buffer[0] == (byte) 0xEF && buffer[1] == (byte) 0xBB && buffer[2] == (byte) 0xBF) {
            at = 3;
        }
    }

    /** The rarest of the delimiters that occurs in most lines: a comma may also stand within a number or a title. */
    private static byte delimiterOf(String head) {
        String[] lines = head.lines().filter(line -> !line.isBlank()).limit(50).toArray(String[]::new);
        return (byte) DELIMITERS
                .chars()
                .filter(delimiter -> inMost(lines, delimiter))
                .findFirst()
                .orElse(',');
    }

    private static boolean inMost(String[] lines, int delimiter) {
        long having = Arrays.stream(lines)
                .filter(line -> line.indexOf(delimiter) >= 0)
                .count();
        return having > 0 && having * 2 >= lines.length;
    }

    @Override
    public @Nullable Line next() throws IOException {
        if (filled - at < LONGEST_LINE && !ended) {
            fill();
        }
        if (at == filled || damage != null) {
            return null;
        }
        lines++;
        line.begin(lines, buffer, delimiter != ',');
        return split();
    }

    @Override
    public Optional<String> damage() {
        return Optional.ofNullable(damage);
    }

    private @Nullable Line split() {
        int start = at;
        int i = at;
        int limit = Math.min(filled, at + LONGEST_LINE);
        while (i < limit && buffer[i] != '\n') {
            byte c = buffer[i];
            if (c == delimiter) {
                line.field(start, i);
                start = i + 1;
            } else if (c == '"' && blankBetween(start, i)) {
                int close = closingQuote(i, limit);
                line.field(i + 1, close);
                i = nextDelimiter(close, limit);
                start = i + 1;
                if (i >= limit && limit < filled) {
                    return tooLong();
                }
                if (i >= limit || buffer[i] == '\n') {
                    at = Math.min(i + 1, filled);
                    return line;
                }
            }
            i++;
        }
        if (i == limit && limit < filled) {
            return tooLong();
        }
        line.field(start, i);
        at = Math.min(i + 1, filled);
        return line;
    }

    private @Nullable Line tooLong() {
        damage = "line %d is longer than %d bytes".formatted(lines, LONGEST_LINE);
        at = filled;
        return null;
    }

    private boolean blankBetween(int from, int to) {
        for (int i = from; i < to; i++) {
            if (buffer[i] != ' ') {
                return false;
            }
        }
        return true;
    }

    private int closingQuote(int open, int limit) {
        int i = open + 1;
        while (i < limit && buffer[i] != '"' && buffer[i] != '\n') {
            i++;
        }
        return i;
    }

    private int nextDelimiter(int from, int limit) {
        int i = from;
        while (i < limit && buffer[i] != delimiter && buffer[i] != '\n') {
            i++;
        }
        return i;
    }

    private void fill() throws IOException {
        System.arraycopy(buffer, at, buffer, 0, filled - at);
        filled -= at;
        at = 0;
        int read = in.readNBytes(buffer, filled, buffer.length - filled);
        filled += read;
        ended = filled < buffer.length;
    }
}
