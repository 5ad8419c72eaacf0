package io.mlpool.standalone;

import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * An expression in Prometheus' language.
 *
 * @param where it stands, for messages
 * @param expression as it stands there
 */
record PromQuery(String where, String expression) {

    private static final Pattern SELECTOR = Pattern.compile("([a-zA-Z_:][a-zA-Z0-9_:]*)\\s*(\\{[^}]*})?");
    private static final Pattern GROUPING =
            Pattern.compile("\\b(by|without|on|ignoring|group_left|group_right)\\s*\\([^)]*\\)");
    private static final Pattern FUNCTION = Pattern.compile("\\b[a-z_0-9]+\\s*\\(");
    private static final Pattern DURATION = Pattern.compile("\\[[^]]*]|\\boffset\\s+\\w+|\\b\\d[\\w.]*");
    private static final Set<String> WORDS = Set.of("and", "or", "unless", "bool");

    /** The same as Prometheus takes it: Grafana puts numbers in for its variables. */
    String asked() {
        return expression.replace("$__rate_interval", "1m");
    }

    /** What it takes from the store: {@code up{job="x"}}. */
    Set<String> selectors() {
        String bare = GROUPING.matcher(asked()).replaceAll(" ");
        bare = FUNCTION.matcher(bare).replaceAll("(");
        bare = outsideOfBraces(bare);
        return SELECTOR.matcher(bare)
                .results()
                .filter(found -> !WORDS.contains(found.group(1)))
                .map(found -> found.group().strip())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** The names of the series that it takes. */
    Set<String> names() {
        return selectors().stream()
                .map(selector -> selector.replaceFirst("\\s*\\{.*", ""))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Numbers and durations between selectors go; within quotes they belong to one. */
    private static String outsideOfBraces(String text) {
        StringBuilder kept = new StringBuilder();
        for (String part : text.split("(?=\\{)|(?<=})", -1)) {
            kept.append(part.startsWith("{") ? part : DURATION.matcher(part).replaceAll(" "));
        }
        return kept.toString();
    }
}
