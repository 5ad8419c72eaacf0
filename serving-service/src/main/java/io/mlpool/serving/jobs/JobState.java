package io.mlpool.serving.jobs;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** Where a job stands. */
enum JobState {
    QUEUED,
    RUNNING,
    /** Every item has its answer, be it an error of its own. */
    SUCCEEDED,
    /** It could not be carried out. */
    FAILED,
    CANCELLED;

    static JobState of(String label) {
        return valueOf(label.toUpperCase(Locale.ROOT));
    }

    @JsonValue
    String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
