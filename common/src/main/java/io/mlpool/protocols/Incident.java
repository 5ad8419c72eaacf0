package io.mlpool.protocols;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A theft, exploit or loss as a list tells it. The same event may be in several lists under other names and on neighbouring days.
 *
 * @param list who tells it: {@code defillama} or {@code defihacklabs}
 * @param day when it happened, UTC, as the list dates it
 * @param name of what was hit, as the list calls it
 * @param classification kind of weakness, {@code Protocol Logic}
 * @param technique how, {@code Flashloan Price Oracle Attack}
 * @param usd loss in US dollars, 0 or more; null when it is not told in US dollars
 * @param returnedUsd what was given back; null when nothing is told
 * @param chains where
 * @param targetType what was hit, {@code DeFi Protocol}, {@code CEX}
 * @param bridge whether it was a bridge; null when it is not told
 * @param link where it is described
 * @param protocolId DefiLlama's number of the protocol; null when the list gives none
 * @param parentId the same of the protocol that it belongs to, {@code parent#curve-finance}
 * @param protocol slug of the protocol that it could be joined to, by its number, else by its parent's, else by its exact name; null when by none
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Incident(
        String list,
        LocalDate day,
        String name,
        @Nullable String classification,
        @Nullable String technique,
        @Nullable Double usd,
        @Nullable Double returnedUsd,
        List<String> chains,
        @Nullable String targetType,
        @Nullable Boolean bridge,
        @Nullable String link,
        @Nullable String protocolId,
        @Nullable String parentId,
        @Nullable String protocol) {

    /** Of Bitcoin; nothing was stolen before. */
    private static final LocalDate FIRST_DAY = LocalDate.of(2009, 1, 3);

    public Incident {
        if (list.isBlank() || name.isBlank()) {
            throw new IllegalArgumentException(
                    "an incident must have a list and a name, found '%s' and '%s'".formatted(list, name));
        }
        if (day.isBefore(FIRST_DAY)) {
            throw new IllegalArgumentException("an incident must not be older than Bitcoin, found " + day);
        }
        requireAmount("loss", usd);
        requireAmount("returned amount", returnedUsd);
        chains = List.copyOf(chains == null ? List.of() : chains);
    }

    /** The same, joined to a protocol. */
    public Incident of(@Nullable String slug) {
        return new Incident(
                list,
                day,
                name,
                classification,
                technique,
                usd,
                returnedUsd,
                chains,
                targetType,
                bridge,
                link,
                protocolId,
                parentId,
                slug);
    }

    private static void requireAmount(String what, @Nullable Double usd) {
        if (usd != null && !(usd >= 0 && usd < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("the %s must be finite and not negative, found %s".formatted(what, usd));
        }
    }
}
