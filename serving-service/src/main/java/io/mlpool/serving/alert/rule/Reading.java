package io.mlpool.serving.alert.rule;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A figure of a subject as it stood at a time. */
public record Reading(Instant at, Subject subject, double value) {

    /** The same of a subject that has this label too; null adds nothing. */
    Reading with(String label, @Nullable String text) {
        return new Reading(at, subject.with(label, text), value);
    }
}
