package io.mlpool.errors;

import org.jspecify.annotations.Nullable;

/** What our own code says about a value that it refuses; the words of libraries name their insides and are not passed on. */
final class OwnWords {

    private OwnWords() {}

    /** The message of an exception that our code threw; null for all others. */
    static @Nullable String of(@Nullable Throwable cause) {
        if (!(cause instanceof IllegalArgumentException)) {
            return null;
        }
        StackTraceElement[] stack = cause.getStackTrace();
        boolean ours = stack.length > 0 && stack[0].getClassName().startsWith("io.mlpool.");
        return ours ? cause.getMessage() : null;
    }
}
