package io.mlpool.serving.live;

import java.time.Instant;

/**
 * A version that an alias asks for and that does not go live.
 *
 * @param reason what is broken
 * @param at when that was found
 */
public record Rejection(Slot slot, int version, String reason, Instant at) {

    /** The reason without folders of this machine: for callers. */
    public String inPublic() {
        return PublicWords.of(reason);
    }
}
