package io.mlpool.protocols;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.mlpool.market.SeriesKey;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a source says of a protocol; null and empty where it says nothing.
 *
 * @param slug its name in addresses, {@code aave-v3}: what it is called by in the pool
 * @param id DefiLlama's number, {@code 1599}, or {@code parent#aave} of one that holds several; null for one known from files only
 * @param name for people
 * @param symbol of its token, as told: {@code AAVE}
 * @param category {@code Lending}, {@code Dexs}, ...
 * @param chains that it is deployed on
 * @param asset its token as CoinGecko's id; null when it has none or it cannot name an asset
 * @param parent DefiLlama's id of the protocol that it belongs to, {@code parent#aave}
 * @param audits DefiLlama's code: 0 none, 1 partly, 2 yes, 3 fork of something audited
 * @param auditLinks how many reports are linked
 * @param forkedFrom whose code it runs
 * @param oracles that tell it prices
 * @param openSource whether its code can be read
 * @param listedAt when DefiLlama began to list it, UTC; the protocol may be older
 * @param deadFrom day on which it ended, UTC
 * @param rugged whether DefiLlama calls it a rug pull: known after the fact
 * @param listed false when it was there and the newest whole list has it no more
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Protocol(
        String slug,
        @Nullable String id,
        String name,
        @Nullable String symbol,
        @Nullable String category,
        List<String> chains,
        @Nullable String asset,
        @Nullable String parent,
        @Nullable Integer audits,
        @Nullable Integer auditLinks,
        List<String> forkedFrom,
        List<String> oracles,
        @Nullable Boolean openSource,
        @Nullable Instant listedAt,
        @Nullable LocalDate deadFrom,
        @Nullable Boolean rugged,
        boolean listed) {

    private static final Pattern SLUG = Pattern.compile("[^\\s/?#\\p{Cntrl}\\p{Lu}]{1,100}");

    public Protocol {
        requireSlug(slug);
        if (name.isBlank()) {
            throw new IllegalArgumentException("a protocol must have a name, found none for '%s'".formatted(slug));
        }
        if (asset != null && !SeriesKey.isAsset(asset)) {
            throw new IllegalArgumentException("asset must look like CoinGecko's ids, found '%s'".formatted(asset));
        }
        if (audits != null && (audits < 0 || audits > 3)) {
            throw new IllegalArgumentException("audits must be 0 to 3, found " + audits);
        }
        if (auditLinks != null && auditLinks < 0) {
            throw new IllegalArgumentException("audit links must not be negative, found " + auditLinks);
        }
        chains = List.copyOf(chains == null ? List.of() : chains);
        forkedFrom = List.copyOf(forkedFrom == null ? List.of() : forkedFrom);
        oracles = List.copyOf(oracles == null ? List.of() : oracles);
    }

    /** One of which no more is known than what it is called and which token it has. */
    public static Protocol named(String slug, String name, @Nullable String asset) {
        return new Protocol(
                slug, null, name, null, null, List.of(), asset, null, null, null, List.of(), List.of(), null, null,
                null, null, true);
    }

    /** Whether {@code text} can name a protocol. */
    public static boolean isSlug(String text) {
        return SLUG.matcher(text).matches();
    }

    static void requireSlug(String slug) {
        if (!isSlug(slug)) {
            throw new IllegalArgumentException(
                    "a protocol is called like 'aave-v3', without capitals, blanks and slashes, found '%s'"
                            .formatted(slug));
        }
    }
}
