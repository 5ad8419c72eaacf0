package io.mlpool.training.study;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** Who executes the trials of a study. */
public enum ExecutedBy {
    /** The training service, one after another. */
    SERVICE,
    /** Processes of their own, as many at a time as there is room for: pods of an Indexed Job. */
    JOB;

    @JsonCreator
    static ExecutedBy of(String label) {
        for (ExecutedBy one : values()) {
            if (one.label().equals(label)) {
                return one;
            }
        }
        throw new IllegalArgumentException("executed_by must be service or job, found '%s'".formatted(label));
    }

    @JsonValue
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
