package io.mlpool.training.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A table that a plot is drawn from, filled row by row and kept by column. */
final class Rows {

    private final Map<String, List<Object>> columns = new LinkedHashMap<>();

    Rows(String... names) {
        for (String name : names) {
            columns.put(name, new ArrayList<>());
        }
    }

    void add(Object... values) {
        if (values.length != columns.size()) {
            throw new IllegalArgumentException(
                    "a row must have a value for each of %s, found %d".formatted(columns.keySet(), values.length));
        }
        int at = 0;
        for (List<Object> column : columns.values()) {
            column.add(values[at++]);
        }
    }

    boolean isEmpty() {
        return columns.values().iterator().next().isEmpty();
    }

    /** As Lets-Plot takes it. */
    Map<String, List<Object>> columns() {
        return columns;
    }
}
