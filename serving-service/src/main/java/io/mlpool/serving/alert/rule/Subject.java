package io.mlpool.serving.alert.rule;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a figure is about.
 *
 * @param labels which asset, model, interval, horizon or detector
 */
public record Subject(Map<String, String> labels) {

    public Subject {
        labels = new TreeMap<>(labels);
    }

    static Subject asset(String asset) {
        return new Subject(Map.of("asset", asset));
    }

    Subject with(String label, @Nullable String value) {
        if (value == null) {
            return this;
        }
        Map<String, String> more = new TreeMap<>(labels);
        more.put(label, value);
        return new Subject(more);
    }

    /** The same text for the same subject. */
    public String key() {
        return labels.entrySet().stream()
                .map(label -> label.getKey() + "=" + label.getValue())
                .collect(Collectors.joining(","));
    }

    /** Null when it is about no single asset. */
    public @Nullable String asset() {
        return labels.get("asset");
    }

    /** For people: the asset, else all there is. */
    public String words() {
        String asset = asset();
        return asset == null ? String.join(" ", labels.values()) : asset;
    }
}
