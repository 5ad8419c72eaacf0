package io.mlpool.serving.experiment;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** How an experiment came about. */
enum Kind {
    /** Somebody asked for it. */
    EXPERIMENT,
    /** By itself, when the gate's winner went live: its challenger is the version before, whose promotion is a rollback. */
    WATCH;

    @JsonValue
    String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    @JsonCreator
    static Kind of(String label) {
        return valueOf(label.toUpperCase(Locale.ROOT));
    }
}
