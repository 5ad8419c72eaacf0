package io.mlpool.training.table;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** How a table is written. */
public enum TableFormat {
    PARQUET("application/vnd.apache.parquet"),
    CSV("text/csv");

    private final String mediaType;

    TableFormat(String mediaType) {
        this.mediaType = mediaType;
    }

    public String mediaType() {
        return mediaType;
    }

    /** As it is written in questions, and the end of a file's name. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<TableFormat> of(String label) {
        return Arrays.stream(values())
                .filter(format -> format.label().equals(label))
                .findFirst();
    }
}
