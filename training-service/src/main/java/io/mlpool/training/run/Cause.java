package io.mlpool.training.run;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** Why a run was started. */
public enum Cause {
    /** Somebody asked. */
    REQUEST,
    /** It was time. */
    SCHEDULE,
    /** Enough candles came in since the last run. */
    NEW_CANDLES,
    /** What the champion sees or says is not like what it was trained on. */
    DRIFT,
    /** The champion looks worse than the naive forecast. */
    LOSS_OF_SKILL,
    /** A study tries it out, or found it the best. */
    STUDY;

    static Cause of(String label) {
        return valueOf(label.toUpperCase(Locale.ROOT));
    }

    @JsonValue
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
