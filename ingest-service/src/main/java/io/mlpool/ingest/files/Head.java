package io.mlpool.ingest.files;

import io.mlpool.ingest.PrintableText;
import io.mlpool.ingest.UnreadablePayloadException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The beginning of a table, enough to know its layout and its step.
 *
 * @param layout where what stands
 * @param lines the first lines that hold values, to be read before the rest
 */
record Head(Layout layout, List<Line> lines) {

    private static final int LINES = 500;
    private static final int TITLES = 20;
    /** What stands in a string where its bytes were no UTF-8. */
    private static final char NO_TEXT = '\uFFFD';

    /**
     * Reads the first lines; titles, links and comments before the header or the first values are passed over.
     *
     * @throws UnreadablePayloadException when there is nothing that looks like candles or trades
     */
    static Head of(String payload, Table table) throws IOException {
        List<Line> seen = new ArrayList<>();
        for (int i = 0; i < TITLES; i++) {
            Line line = table.next();
            if (line == null) {
                break;
            }
            Optional<Layout> named = line.isBlank() ? Optional.empty() : LayoutRecognition.ofHeader(line.texts());
            if (named.isPresent()) {
                return new Head(named.get(), more(table, new ArrayList<>()));
            }
            seen.add(line.copy());
        }
        List<Line> values = more(table, valuesOf(seen));
        return LayoutRecognition.ofShape(values)
                .map(layout -> new Head(layout, values))
                .orElseThrow(() ->
                        new UnreadablePayloadException(payload, table.damage().orElseGet(() -> whatIsWanted(seen))));
    }

    /** How far the lines are apart; empty when there are not two. */
    Optional<Spacing> spacing() {
        List<Long> times = new ArrayList<>();
        for (Line line : lines) {
            try {
                times.add(line.micros(layout.time()));
            } catch (NumberFormatException | IndexOutOfBoundsException e) {
                // It is reported when the line is read.
            }
        }
        return Spacing.of(times);
    }

    private static List<Line> more(Table table, List<Line> lines) throws IOException {
        while (lines.size() < LINES) {
            Line line = table.next();
            if (line == null) {
                break;
            }
            if (!line.isBlank()) {
                lines.add(line.copy());
            }
        }
        return lines;
    }

    /** Lines from the first on that begins with a time. */
    private static List<Line> valuesOf(List<Line> seen) {
        List<Line> values = new ArrayList<>();
        for (Line line : seen) {
            boolean value = !line.isBlank()
                    && (!values.isEmpty()
                            || LayoutRecognition.ofShape(List.of(line)).isPresent());
            if (value) {
                values.add(line);
            }
        }
        return values;
    }

    private static String whatIsWanted(List<Line> seen) {
        return seen.isEmpty()
                ? "it is empty; expected lines like 'timestamp,open,high,low,close,volume'"
                : "no candles or trades found in it: expected lines like 'timestamp,open,high,low,close,volume', found %s"
                        .formatted(shortened(seen.getFirst()));
    }

    private static String shortened(Line line) {
        String text = line.toString();
        if (!PrintableText.of(text).equals(text) || text.indexOf(NO_TEXT) >= 0) {
            return "bytes that are no text";
        }
        return "'" + (text.length() <= 120 ? text : text.substring(0, 120) + "...") + "'";
    }
}
