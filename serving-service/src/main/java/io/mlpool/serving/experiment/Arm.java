package io.mlpool.serving.experiment;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** The two that are compared. */
enum Arm {
    CONTROL,
    CHALLENGER;

    @JsonValue
    String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    @JsonCreator
    static Arm of(String label) {
        return valueOf(label.toUpperCase(Locale.ROOT));
    }
}
