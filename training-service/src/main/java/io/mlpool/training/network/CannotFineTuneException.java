package io.mlpool.training.network;

/** A champion's network that this training cannot go on from; the message says what does not fit. Train afresh instead. */
public final class CannotFineTuneException extends RuntimeException {

    CannotFineTuneException(String what, Object champion, Object asked) {
        super("the champion's network cannot be fine-tuned, train afresh: its %s are %s, this training asks for %s"
                .formatted(what, champion, asked));
    }
}
