package io.mlpool.risk;

import io.mlpool.protocols.Incident;
import io.mlpool.protocols.Known;
import io.mlpool.protocols.LockedValue;
import io.mlpool.protocols.Protocol;
import io.mlpool.protocols.ProtocolStore;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What is known of the protocols of some assets, with all versions up to a time, so that it can be looked at as known at any time before.
 * Sources of locked values never mix: DefiLlama counts where it has a figure of the last days, else DeFi Pulse.
 */
public final class ProtocolHistory {

    private static final List<String> SOURCES = List.of("defillama", "defipulse");

    private final ProtocolFacts facts;
    private final Map<Place, LockedDays> totals = new HashMap<>();
    private final Map<Place, Map<String, LockedDays>> chains = new HashMap<>();
    private final KnownIncidents incidents;

    private record Place(String source, String slug) {}

    /**
     * From facts at hand.
     *
     * @param locked by source
     * @param incidents each in the version in which it became known first
     */
    public ProtocolHistory(
            Collection<Known<Protocol>> protocols,
            Map<String, ? extends Collection<Known<LockedValue>>> locked,
            Collection<Known<Incident>> incidents) {
        this(new ProtocolFacts(protocols), new KnownIncidents(incidents));
        locked.forEach((source, values) -> values.forEach(value -> add(source, value)));
    }

    private ProtocolHistory(ProtocolFacts facts, KnownIncidents incidents) {
        this.facts = facts;
        this.incidents = incidents;
    }

    /** Nothing is known of any protocol. */
    public static ProtocolHistory empty() {
        return new ProtocolHistory(List.of(), Map.of(), List.of());
    }

    /**
     * Reads what was known of the protocols of these assets.
     *
     * @param from first day of locked values, UTC, inclusive; for rows as of t at least {@link RiskFeatures#HISTORY} before t
     * @param until nothing that was known later is read
     */
    public static ProtocolHistory read(ProtocolStore store, Collection<String> assets, LocalDate from, Instant until) {
        ProtocolFacts facts = new ProtocolFacts(store.versions(until));
        ProtocolHistory history = new ProtocolHistory(facts, new KnownIncidents(store.firstNotices(until)));
        store.lockedVersions(facts.slugs(assets), from, until, history::add);
        return history;
    }

    /** The protocol of an asset as it was known; empty when it has none. Of several the one counts that holds most. */
    Optional<ProtocolView> of(String asset, Instant asOf) {
        List<String> slugs = facts.slugs(asset);
        List<ProtocolView> views =
                slugs.stream().map(slug -> view(slug, slugs, asOf)).toList();
        return views.stream()
                .filter(view -> !Double.isNaN(view.locked()))
                .max(Comparator.comparingDouble(ProtocolView::locked))
                .or(() -> views.stream().filter(view -> view.fact() != null).findFirst());
    }

    /**
     * What became of what was locked, by all that is known by {@code until}, told by the source that counted at {@code asOf}: the least of
     * the days from that of {@code asOf} on against the newest figure known then.
     *
     * @param days how many days to look ahead
     * @return 1 where nothing changed, 0.4 after a fall by 60 %; NaN when nothing is known
     */
    public double leastLocked(String slug, Instant asOf, int days, Instant until) {
        String source = source(slug, asOf);
        if (source == null) {
            return Double.NaN;
        }
        LockedDays total = Objects.requireNonNull(totals.get(new Place(source, slug)));
        LocalDate today = LocalDate.ofInstant(asOf, ZoneOffset.UTC);
        double least = Double.NaN;
        for (int ahead = 0; ahead < days; ahead++) {
            double usd = total.at(today.plusDays(ahead), until);
            least = Double.isNaN(usd) || usd > least ? least : usd;
        }
        return least / total.newest(today, asOf);
    }

    private ProtocolView view(String slug, List<String> together, Instant asOf) {
        String source = source(slug, asOf);
        Protocol fact = facts.at(slug, asOf).orElse(null);
        Place place = new Place(String.valueOf(source), slug);
        return new ProtocolView(
                slug,
                asOf,
                fact,
                totals.get(place),
                List.copyOf(chains.getOrDefault(place, Map.of()).values()),
                incidents.of(together, asOf),
                fact == null || fact.category() == null ? Double.NaN : ofCategory(fact.category(), asOf));
    }

    private double ofCategory(String category, Instant asOf) {
        LocalDate yearAgo = LocalDate.ofInstant(asOf, ZoneOffset.UTC).minusYears(1);
        return incidents.count(asOf, yearAgo, slug -> facts.at(slug, asOf)
                .map(Protocol::category)
                .filter(category::equals)
                .isPresent());
    }

    private @Nullable String source(String slug, Instant asOf) {
        LocalDate today = LocalDate.ofInstant(asOf, ZoneOffset.UTC);
        for (String source : SOURCES) {
            LockedDays days = totals.get(new Place(source, slug));
            if (days != null && !Double.isNaN(days.newest(today, asOf))) {
                return source;
            }
        }
        return null;
    }

    private void add(String source, Known<LockedValue> value) {
        Place place = new Place(source, value.fact().protocol());
        String chain = value.fact().chain();
        LockedDays days = chain == null
                ? totals.computeIfAbsent(place, key -> new LockedDays())
                : chains.computeIfAbsent(place, key -> new TreeMap<>()).computeIfAbsent(chain, key -> new LockedDays());
        days.add(value);
    }
}
