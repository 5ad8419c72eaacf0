package io.mlpool.serving.alert.rule;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** Which way a forecast moves. */
public enum Direction {
    UP,
    DOWN;

    /**
     * The direction of this label.
     *
     * @throws IllegalArgumentException when there is none
     */
    @JsonCreator
    public static Direction of(String label) {
        for (Direction direction : values()) {
            if (direction.label().equals(label)) {
                return direction;
            }
        }
        throw new IllegalArgumentException("direction must be up or down, or absent, found '%s'".formatted(label));
    }

    @JsonValue
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
