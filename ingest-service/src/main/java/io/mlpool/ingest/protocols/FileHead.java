package io.mlpool.ingest.protocols;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The line that names the columns of a file about protocols.
 *
 * @param kind what the lines below it are
 * @param delimiter between fields
 * @param columns in lower case without anything but letters and digits
 * @param length in bytes, with everything above the line
 */
record FileHead(Kind kind, char delimiter, List<String> columns, int length) {

    /** Enough for a title, a link and the names of many columns. */
    static final int LONGEST = 1 << 14;

    private static final int TITLES = 20;
    private static final List<Character> DELIMITERS = List.of(',', ';', '\t');

    /** What a line stands for. */
    enum Kind {
        /** An incident as DefiLlama's page of hacks exports it. */
        HACK,
        /** An incident in the list of DeFiHackLabs. */
        LAB_INCIDENT,
        /** What was locked on a day. */
        LOCKED_VALUE
    }

    /** Looks at the beginning of the content, which is where it was afterwards; empty when this is no file about protocols. */
    static Optional<FileHead> peek(BufferedInputStream content) throws IOException {
        content.mark(LONGEST);
        byte[] head = content.readNBytes(LONGEST);
        content.reset();
        int start = 0;
        for (int line = 0; line < TITLES && start < head.length; line++) {
            int end = start;
            while (end < head.length && head[end] != '\n') {
                end++;
            }
            Optional<FileHead> found = of(new String(head, start, end - start, StandardCharsets.UTF_8), end + 1);
            if (found.isPresent()) {
                return found;
            }
            start = end + 1;
        }
        return Optional.empty();
    }

    private static Optional<FileHead> of(String line, int length) {
        for (char delimiter : DELIMITERS) {
            List<String> columns = Arrays.stream(line.split(String.valueOf(delimiter), -1))
                    .map(FileHead::plain)
                    .toList();
            Optional<Kind> kind = kind(columns);
            if (kind.isPresent()) {
                return Optional.of(new FileHead(kind.get(), delimiter, columns, length));
            }
        }
        return Optional.empty();
    }

    private static Optional<Kind> kind(List<String> columns) {
        boolean dated = columns.contains("date") || columns.contains("time") || columns.contains("timestamp");
        if (!dated) {
            return Optional.empty();
        }
        if (columns.contains("technique") && columns.contains("name")) {
            return Optional.of(Kind.HACK);
        }
        if (columns.contains("attacktype") && columns.contains("protocol")) {
            return Optional.of(Kind.LAB_INCIDENT);
        }
        boolean locked = columns.contains("tvlusd") || columns.contains("tvl") || columns.contains("totalliquidityusd");
        return locked ? Optional.of(Kind.LOCKED_VALUE) : Optional.empty();
    }

    private static String plain(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
    }
}
