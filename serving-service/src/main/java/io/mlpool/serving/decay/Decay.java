package io.mlpool.serving.decay;

import java.util.Locale;

/** What may speak against a version that is live. */
enum Decay {
    /** What it sees or says is not like what it was trained on. */
    DRIFT,
    /** It looks worse than the naive forecast. */
    LOSS_OF_SKILL;

    String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
