package io.mlpool.standalone;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a service exports in Prometheus' text format.
 *
 * @param types of the metrics, by name: {@code gauge}, {@code counter}, {@code timer} or {@code histogram}; a timer's {@code _max} is part of it
 * @param labels with their values, by name of the metric
 */
record Exposition(Map<String, String> types, Map<String, Map<String, Set<String>>> labels) {

    private static final Pattern SAMPLE = Pattern.compile("([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\\{(.*)})? \\S+");
    private static final Pattern LABEL = Pattern.compile("(\\w+)=\"([^\"]*)\"");

    /** Of metrics whose names begin so. */
    static Exposition of(String text, String prefix) {
        Map<String, String> types = new TreeMap<>();
        text.lines().filter(line -> line.startsWith("# TYPE " + prefix)).forEach(line -> {
            String[] words = line.split(" ", -1);
            types.put(words[2], words[3].equals("summary") ? "timer" : words[3]);
        });
        types.keySet().removeIf(name -> name.endsWith("_max") && isTimed(types.get(name.replaceFirst("_max$", ""))));
        Map<String, Map<String, Set<String>>> labels = new HashMap<>();
        text.lines()
                .filter(line -> line.startsWith(prefix))
                .map(SAMPLE::matcher)
                .filter(Matcher::matches)
                .forEach(sample ->
                        add(labels.computeIfAbsent(family(sample.group(1), types), _ -> new HashMap<>()), sample));
        return new Exposition(types, labels);
    }

    /** Names of the labels of a metric. */
    Set<String> labelsOf(String metric) {
        return labels.getOrDefault(metric, Map.of()).keySet();
    }

    /** The metric that a series belongs to: a histogram's {@code _bucket} to the histogram. */
    static String family(String series, Map<String, String> types) {
        String base = series.replaceFirst("_(bucket|count|sum|max)$", "");
        return isTimed(types.get(base)) ? base : series;
    }

    private static boolean isTimed(@org.jspecify.annotations.Nullable String type) {
        return "timer".equals(type) || "histogram".equals(type);
    }

    private static void add(Map<String, Set<String>> labels, Matcher sample) {
        if (sample.group(2) != null) {
            LABEL.matcher(sample.group(2))
                    .results()
                    .filter(label -> !label.group(1).equals("le"))
                    .forEach(label -> labels.computeIfAbsent(label.group(1), _ -> new HashSet<>())
                            .add(label.group(2)));
        }
    }
}
