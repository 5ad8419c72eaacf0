package io.mlpool.serving.experiment;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** Whom callers are answered by while an experiment runs. */
public enum Mode {
    /** Always the control; the challenger forecasts beside it unseen. */
    SHADOW,
    /** Each caller by one of the arms, always the same. */
    SPLIT;

    @JsonValue
    String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    @JsonCreator
    static Mode of(String label) {
        return valueOf(label.toUpperCase(Locale.ROOT));
    }
}
