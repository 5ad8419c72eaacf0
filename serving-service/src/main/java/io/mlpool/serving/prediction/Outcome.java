package io.mlpool.serving.prediction;

/** What became of one question. */
sealed interface Outcome {

    /** The JSON of a prediction. */
    record Answered(String prediction) implements Outcome {}

    /** Why there is none: an {@code InvalidRequestException} or a {@code RefusedException}. */
    record Refused(RuntimeException reason) implements Outcome {}

    /** The JSON of the prediction, or the refusal thrown. */
    default String orThrow() {
        return switch (this) {
            case Answered(String prediction) -> prediction;
            case Refused(RuntimeException reason) -> throw reason;
        };
    }
}
