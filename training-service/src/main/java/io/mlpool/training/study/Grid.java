package io.mlpool.training.study;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Every combination of some values.
 *
 * @param values by name
 */
record Grid(Map<String, List<Object>> values) {

    Grid {
        values.forEach((name, some) -> {
            if (some == null || some.isEmpty()) {
                throw new IllegalArgumentException("the grid has no value for " + name);
            }
            if (new HashSet<>(some).size() < some.size()) {
                throw new IllegalArgumentException("the grid has a value of %s twice: %s".formatted(name, some));
            }
        });
        values = Map.copyOf(values);
    }

    /** How many there are; none of an empty grid. */
    long size() {
        return values.isEmpty()
                ? 0
                : values.values().stream().mapToLong(List::size).reduce(1, Math::multiplyExact);
    }

    /** In the order of the names, the values of the last one changing fastest. */
    List<Map<String, Object>> points() {
        if (values.isEmpty()) {
            return List.of();
        }
        List<Map<String, Object>> points = List.of(Map.of());
        for (Map.Entry<String, List<Object>> dimension : new TreeMap<>(values).entrySet()) {
            points = points.stream()
                    .flatMap(
                            point -> dimension.getValue().stream().map(value -> with(point, dimension.getKey(), value)))
                    .toList();
        }
        return new ArrayList<>(points);
    }

    private static Map<String, Object> with(Map<String, Object> point, String name, Object value) {
        Map<String, Object> further = new TreeMap<>(point);
        further.put(name, value);
        return further;
    }
}
