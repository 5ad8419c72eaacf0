package io.mlpool.mlflow;

import org.jspecify.annotations.Nullable;

/** A call that MLflow did not answer as asked; the message says what was wrong and what to do. */
public final class MlflowException extends RuntimeException {

    private final Trouble trouble;
    private final String code;

    /** What is wrong, for those who decide what to do next. */
    public enum Trouble {
        /** Nobody answers, or not in time: it may be better in a moment. */
        UNREACHABLE,
        /** It answered that it failed: it may be better in a moment. */
        FAILING,
        /** Who asks is not known or must not do this. */
        DENIED,
        /** It is no MLflow server, or one that is too old. */
        UNSUITABLE,
        /** It understood and refused; see {@link #code()}. */
        REFUSED
    }

    MlflowException(Trouble trouble, String code, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.trouble = trouble;
        this.code = code;
    }

    MlflowException(Trouble trouble, String message) {
        this(trouble, "", message, null);
    }

    public Trouble trouble() {
        return trouble;
    }

    /** MLflow's own code: {@code RESOURCE_DOES_NOT_EXIST}; empty when it gave none. */
    public String code() {
        return code;
    }

    /** Whether the same call may succeed in a moment. */
    public boolean isPassing() {
        return trouble == Trouble.UNREACHABLE || trouble == Trouble.FAILING;
    }

    /** MLflow calls a missing alias an invalid parameter. */
    boolean saysItIsMissing() {
        return code.equals("RESOURCE_DOES_NOT_EXIST")
                || (code.equals("INVALID_PARAMETER_VALUE")
                        && String.valueOf(getMessage()).matches("(?s).*alias \\S+ not found.*"));
    }

    boolean saysItIsThere() {
        return code.equals("RESOURCE_ALREADY_EXISTS");
    }
}
