package io.mlpool.serving.prediction;

import io.mlpool.errors.InvalidRequestException;
import io.mlpool.errors.RefusedException;
import io.mlpool.serving.forecast.ModelLabel;

/** What became of one question. */
public sealed interface Outcome {

    /** The JSON of a prediction, in UTF-8, and the model that made it. */
    record Answered(byte[] prediction, ModelLabel model) implements Outcome {}

    /** Why there is none: an {@code InvalidRequestException} or a {@code RefusedException}. */
    record Refused(RuntimeException reason) implements Outcome {

        /** The same as data. */
        public Problem problem() {
            return switch (reason) {
                case InvalidRequestException invalid -> new Problem(422, invalid.details());
                case RefusedException refused -> new Problem(refused.status(), String.valueOf(refused.getMessage()));
                default -> throw reason;
            };
        }
    }

    /** The prediction, or the refusal thrown. */
    default Answered orThrow() {
        return switch (this) {
            case Answered answered -> answered;
            case Refused(RuntimeException reason) -> throw reason;
        };
    }
}
