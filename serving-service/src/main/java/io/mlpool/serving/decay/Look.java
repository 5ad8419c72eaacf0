package io.mlpool.serving.decay;

/**
 * What a look at a version found.
 *
 * @param summary for people
 */
record Look(State state, String summary) {

    static final Look UNKNOWN = new Look(State.UNKNOWN, "it cannot be told");

    /** What is to be made of it. */
    enum State {
        FOUND,
        NOT_FOUND,
        /** What was found before stands. */
        UNKNOWN
    }
}
