package io.mlpool.serving.alert.silence;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Chooses alerts by one label.
 *
 * @param value what the label must be; one that ends with {@code *} is the beginning of it, {@code *} alone anything but nothing
 * @param not whether it must not be that; absent: false
 */
public record Matcher(String label, String value, @Nullable Boolean not) {

    private static final int LONGEST = 200;

    public Matcher {
        if (label == null || label.isBlank() || label.length() > LONGEST) {
            throw new IllegalArgumentException("label must be the name of a label, such as alertname or asset");
        }
        if (value == null || value.isEmpty() || value.length() > LONGEST) {
            throw new IllegalArgumentException("value must have 1 to %d characters".formatted(LONGEST));
        }
    }

    public boolean matches(Map<String, String> labels) {
        return isValue(labels.get(label)) != Boolean.TRUE.equals(not);
    }

    private boolean isValue(@Nullable String found) {
        if (found == null) {
            return false;
        }
        return value.endsWith("*") ? found.startsWith(value.substring(0, value.length() - 1)) : found.equals(value);
    }
}
