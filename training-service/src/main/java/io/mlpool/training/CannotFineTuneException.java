package io.mlpool.training;

/** A champion's network that this training cannot go on from; the message says what does not fit. Train afresh instead. */
public final class CannotFineTuneException extends RuntimeException {

    /** A network whose {@code what} are others than those that are asked for. */
    public CannotFineTuneException(String what, Object champion, Object asked) {
        super("the champion's network cannot be fine-tuned, train afresh: its %s are %s, this training asks for %s"
                .formatted(what, champion, asked));
    }

    /** @param why the champion's network is of no use here */
    public CannotFineTuneException(String why) {
        super("the champion's network cannot be fine-tuned, train afresh: " + why);
    }
}
