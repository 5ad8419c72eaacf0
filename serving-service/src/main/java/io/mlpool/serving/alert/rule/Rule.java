package io.mlpool.serving.alert.rule;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * When somebody is to be told.
 *
 * @param name by which it is known, {@code a-z}, digits and hyphens
 * @param assets whose figures count; empty for all
 * @param holdsFor how long the condition must hold before it fires; zero for at once
 * @param labels that its alerts carry, beside those that say what they are about
 */
public record Rule(
        String name,
        Condition condition,
        List<String> assets,
        Duration holdsFor,
        Severity severity,
        Map<String, String> labels,
        boolean enabled) {

    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,63}");
    private static final Pattern LABEL = Pattern.compile("[a-zA-Z_][a-zA-Z0-9_]{0,63}");
    private static final List<String> OWN =
            List.of("alertname", "severity", "asset", "model", "interval", "horizon", "detector");
    private static final int MOST_ASSETS = 10_000;
    private static final int MOST_LABELS = 20;
    private static final int LONGEST_LABEL = 200;

    public Rule {
        assets = List.copyOf(assets);
        labels = new TreeMap<>(labels);
        Demands demands = demands(name, assets, labels);
        demands.that(!holdsFor.isNegative(), "holds_for must not be negative", holdsFor)
                .check();
    }

    /** For {@link WantedRule}, which has to say the same of what is no rule yet. */
    static Demands demands(@Nullable String name, List<String> assets, Map<String, String> labels) {
        Demands demands = new Demands()
                .that(
                        name != null && NAME.matcher(name).matches(),
                        "name must be 1 to 64 of a-z, 0-9 and '-', the first no '-'",
                        name)
                .that(assets.size() <= MOST_ASSETS, "assets must be at most " + MOST_ASSETS, assets.size())
                .that(labels.size() <= MOST_LABELS, "labels must be at most " + MOST_LABELS, labels.size());
        labels.forEach((label, value) -> demands.that(
                        LABEL.matcher(label).matches() && !OWN.contains(label),
                        "a label must be a name such as 'team', and none of " + OWN,
                        "'%s'".formatted(label))
                .that(
                        value.length() <= LONGEST_LABEL,
                        "a label's value must have at most %d characters".formatted(LONGEST_LABEL),
                        value.length()));
        return demands;
    }

    /** What an alert about this subject carries: by these silences and receivers choose. */
    public Map<String, String> labelsOf(Subject subject) {
        Map<String, String> all = new TreeMap<>(labels);
        all.putAll(subject.labels());
        all.put("alertname", name);
        all.put("severity", severity.label());
        return all;
    }
}
