package io.mlpool.serving.alert.state;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** How an alert stands. */
public enum AlertState {
    /** The condition holds, not yet for as long as the rule asks. */
    PENDING,
    /** It has held for that long: who is to be told is told. */
    FIRING,
    /** It holds no more. */
    RESOLVED;

    /**
     * The state of this label.
     *
     * @throws IllegalArgumentException when there is none
     */
    @JsonCreator
    public static AlertState of(String label) {
        for (AlertState state : values()) {
            if (state.label().equals(label)) {
                return state;
            }
        }
        throw new IllegalArgumentException("state must be pending, firing or resolved, found '%s'".formatted(label));
    }

    @JsonValue
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
