package io.mlpool.protocols;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * What was locked in a protocol on a day.
 *
 * @param protocol its slug
 * @param day UTC, which the source gives one figure for; at which time of it is the source's affair
 * @param chain null for all chains together
 * @param usd US dollars at the prices of that day, 0 or more; 0 may be the truth or an outage of the source
 */
public record LockedValue(
        String protocol, LocalDate day, @Nullable String chain, double usd) {

    public LockedValue {
        Protocol.requireSlug(protocol);
        if (chain != null && chain.isBlank()) {
            throw new IllegalArgumentException("a chain must have a name; null stands for all together");
        }
        if (!(usd >= 0 && usd < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("US dollars must be finite and not negative, found " + usd);
        }
    }
}
