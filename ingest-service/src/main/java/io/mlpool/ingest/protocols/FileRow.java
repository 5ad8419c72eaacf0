package io.mlpool.ingest.protocols;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.commons.csv.CSVRecord;
import org.jspecify.annotations.Nullable;

/**
 * A line of a file, by the names of its columns.
 *
 * @param columns as in {@link FileHead}
 * @param line where it stands in the file, counted from 1
 */
record FileRow(List<String> columns, CSVRecord fields, long line) {

    private static final Pattern ISO_DAY = Pattern.compile("\\d{4}-\\d{2}-\\d{2}.*");
    private static final Pattern EPOCH = Pattern.compile("\\d{9,13}(\\.\\d+)?");
    private static final long MILLIS_FROM = 100_000_000_000L;
    private static final Set<String> NOTHING = Set.of("", "null", "nan", "none", "n/a", "-");

    /** The first of the columns that is there; null when none is or it says nothing. */
    @Nullable String text(String... names) {
        for (String name : names) {
            int column = columns.indexOf(name);
            if (column >= 0 && column < fields.size()) {
                String text = fields.get(column).strip();
                return NOTHING.contains(text.toLowerCase(java.util.Locale.ROOT)) ? null : text;
            }
        }
        return null;
    }

    String required(String... names) {
        String text = text(names);
        if (text == null) {
            throw new IllegalArgumentException("the column '%s' is empty".formatted(names[0]));
        }
        return text;
    }

    /** A number without unit, which may have commas between thousands. */
    @Nullable Double number(String... names) {
        String text = text(names);
        if (text == null) {
            return null;
        }
        try {
            return Double.valueOf(text.replace(",", "").replace("$", ""));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("'%s' is no number".formatted(text), e);
        }
    }

    /** The day in UTC of an ISO date or of Unix seconds or milliseconds. */
    LocalDate day(String... names) {
        String text = required(names);
        if (ISO_DAY.matcher(text).matches()) {
            try {
                return LocalDate.parse(text.substring(0, 10));
            } catch (DateTimeException e) {
                throw new IllegalArgumentException("'%s' is no date".formatted(text), e);
            }
        }
        if (!EPOCH.matcher(text).matches()) {
            throw new IllegalArgumentException("'%s' is no date".formatted(text));
        }
        long epoch = (long) Double.parseDouble(text);
        Instant time = epoch < MILLIS_FROM ? Instant.ofEpochSecond(epoch) : Instant.ofEpochMilli(epoch);
        return LocalDate.ofInstant(time, ZoneOffset.UTC);
    }

    /** Lists as Python and JSON write them: {@code ['Ethereum', 'BSC']}. */
    List<String> list(String... names) {
        String text = text(names);
        if (text == null) {
            return List.of();
        }
        return Arrays.stream(text.replaceAll("[\\[\\]'\"]", "").split(","))
                .map(String::strip)
                .filter(entry -> !entry.isEmpty())
                .toList();
    }

    @Nullable Boolean truth(String... names) {
        String text = text(names);
        return text == null ? null : Boolean.valueOf(text.equalsIgnoreCase("true"));
    }

    /** A number that names something, which a table may have written as {@code 1074.0}. */
    @Nullable String id(String... names) {
        String text = text(names);
        return text == null ? null : text.replaceFirst("\\.0+$", "");
    }

    @Override
    public String toString() {
        return String.join(",", fields);
    }
}
