package io.mlpool.serving.drift;

import java.util.Locale;

/** What is to be made of a comparison. */
public enum Verdict {

    /** Nothing that is both significant and large. */
    STEADY,

    /** Significant among all that were tested, and large. */
    DRIFTING,

    /** It cannot be told. */
    UNKNOWN;

    @com.fasterxml.jackson.annotation.JsonValue
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
