package io.mlpool.serving.alert.delivery;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What became of an attempt. */
sealed interface Outcome {

    /** The receiver has it. */
    record Delivered() implements Outcome {}

    /**
     * It has it not, or nobody knows.
     *
     * @param reason for people, without secrets
     * @param retryAfter how long the receiver asks to be left alone; null when it says nothing
     */
    record Failed(String reason, @Nullable Duration retryAfter) implements Outcome {}

    /** It never wants it. */
    record Unwanted(String reason) implements Outcome {}
}
