package io.mlpool.serving.experiment;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** Where an experiment is in its life. */
enum ExperimentState {
    /** Forecasts of both arms are compared. */
    RUNNING,
    /** The challenger is on its way to be the champion. */
    PROMOTING,
    /** Over: the challenger became the champion. */
    PROMOTED,
    /** Over: the champion stayed what it was. */
    STOPPED;

    @JsonValue
    String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    @JsonCreator
    static ExperimentState of(String label) {
        return valueOf(label.toUpperCase(Locale.ROOT));
    }
}
