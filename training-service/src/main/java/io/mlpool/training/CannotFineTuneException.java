package io.mlpool.training;

/** A champion's network that a training cannot go on from; the message says what does not fit. It has to be fitted afresh. */
public final class CannotFineTuneException extends RuntimeException {

    /** A network whose {@code what} are others than those that are asked for. */
    public CannotFineTuneException(String what, Object champion, Object asked) {
        super("the champion's network cannot be fine-tuned: its %s are %s, this training asks for %s"
                .formatted(what, champion, asked));
    }

    /** @param why the champion's network is of no use here */
    public CannotFineTuneException(String why) {
        super("the champion's network cannot be fine-tuned: " + why);
    }
}
