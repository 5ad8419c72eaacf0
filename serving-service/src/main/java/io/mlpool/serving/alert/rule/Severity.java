package io.mlpool.serving.alert.rule;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** How bad it is, mildest first. */
public enum Severity {
    INFO,
    WARNING,
    CRITICAL;

    /**
     * The severity of this label.
     *
     * @throws IllegalArgumentException when there is none
     */
    @JsonCreator
    public static Severity of(String label) {
        for (Severity severity : values()) {
            if (severity.label().equals(label)) {
                return severity;
            }
        }
        throw new IllegalArgumentException("severity must be info, warning or critical, found '%s'".formatted(label));
    }

    @JsonValue
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
