package io.mlpool.standalone;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What {@code docs/observability.md} says is exported.
 *
 * @param rows of the tables of metrics
 * @param values of each label
 * @param unshown metrics that are on no dashboard
 */
record MetricsPage(List<Row> rows, Map<String, Set<String>> values, Set<String> unshown) {

    private static final Pattern CODE = Pattern.compile("`([^`]+)`");

    /** One metric of one service, or of {@code all services}. */
    record Row(String service, String metric, String type, Set<String> labels) {}

    static MetricsPage read(Path page) {
        List<Row> rows = new ArrayList<>();
        Map<String, Set<String>> values = new TreeMap<>();
        Set<String> unshown = new java.util.TreeSet<>();
        String section = "";
        for (String line : lines(page)) {
            if (line.startsWith("## ")) {
                section = line.substring(3);
            } else if (section.startsWith("Metrics of ") && line.startsWith("| `mlpool_")) {
                String[] cells = line.split("\\|", -1);
                rows.add(new Row(
                        section.substring("Metrics of ".length()),
                        code(cells[1]).iterator().next(),
                        cells[2].strip(),
                        code(cells[3])));
            } else if (section.equals("Labels") && line.startsWith("| `")) {
                String[] cells = line.split("\\|", -1);
                values.put(code(cells[1]).iterator().next(), code(cells[2]));
            } else if (section.equals("On no dashboard") && line.startsWith("- `")) {
                unshown.addAll(code(line));
            }
        }
        return new MetricsPage(rows, values, unshown);
    }

    /** The metrics of a service, those of all services among them. */
    Map<String, Row> of(String service) {
        return rows.stream()
                .filter(row -> row.service().equals(service) || row.service().equals("all services"))
                .collect(Collectors.toMap(Row::metric, row -> row, (a, b) -> a, TreeMap::new));
    }

    private static Set<String> code(String text) {
        return CODE.matcher(text)
                .results()
                .map((MatchResult found) -> found.group(1))
                .collect(Collectors.toCollection(java.util.TreeSet::new));
    }

    private static List<String> lines(Path page) {
        try {
            return Files.readAllLines(page);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
