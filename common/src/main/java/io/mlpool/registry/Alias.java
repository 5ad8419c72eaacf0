package io.mlpool.registry;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Optional;

/** The names by which versions go live. */
public enum Alias {
    /** Answers {@code /predict}. */
    CHAMPION("champion"),
    /** Runs beside the champion on the same inputs and is scored with it. */
    CHALLENGER("challenger");

    private final String label;

    Alias(String label) {
        this.label = label;
    }

    public static Optional<Alias> of(String label) {
        return Arrays.stream(values())
                .filter(alias -> alias.label.equals(label))
                .findFirst();
    }

    @JsonValue
    public String label() {
        return label;
    }
}
