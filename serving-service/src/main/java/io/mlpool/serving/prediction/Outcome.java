package io.mlpool.serving.prediction;

/** What became of one question. */
sealed interface Outcome {

    /** The JSON of a prediction, in UTF-8. */
    record Answered(byte[] prediction) implements Outcome {}

    /** Why there is none: an {@code InvalidRequestException} or a {@code RefusedException}. */
    record Refused(RuntimeException reason) implements Outcome {}

    /** The JSON of the prediction, or the refusal thrown. */
    default byte[] orThrow() {
        return switch (this) {
            case Answered(byte[] prediction) -> prediction;
            case Refused(RuntimeException reason) -> throw reason;
        };
    }
}
