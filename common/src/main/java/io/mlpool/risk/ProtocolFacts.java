package io.mlpool.risk;

import io.mlpool.protocols.Known;
import io.mlpool.protocols.Protocol;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What was told of each protocol in all versions. Whose token an asset is, and what belongs to which parent, is told by the newest
 * ones also for times before: that says who is meant, not what was known.
 */
final class ProtocolFacts {

    private final Map<String, List<Known<Protocol>>> versions = new TreeMap<>();
    private final Map<String, List<String>> slugsByAsset = new HashMap<>();

    /** @param told in any order */
    ProtocolFacts(Collection<Known<Protocol>> told) {
        for (Known<Protocol> fact : told) {
            versions.computeIfAbsent(fact.fact().slug(), slug -> new ArrayList<>(1))
                    .add(fact);
        }
        versions.values().forEach(list -> list.sort((a, b) -> a.at().compareTo(b.at())));
        Map<String, List<Protocol>> children = new HashMap<>();
        newest().forEach(protocol -> {
            if (protocol.parent() != null) {
                children.computeIfAbsent(protocol.parent(), parent -> new ArrayList<>())
                        .add(protocol);
            }
        });
        newest().forEach(protocol -> join(protocol, children.getOrDefault(String.valueOf(protocol.id()), List.of())));
    }

    /** Protocols whose token is this asset, those first that tell so themselves; then those that belong to one and have no other. */
    List<String> slugs(String asset) {
        return slugsByAsset.getOrDefault(asset, List.of());
    }

    /** The protocols that are some asset's. */
    List<String> slugs(Collection<String> assets) {
        return assets.stream()
                .flatMap(asset -> slugs(asset).stream())
                .distinct()
                .toList();
    }

    /** The newest fact that was known. */
    Optional<Protocol> at(String slug, Instant asOf) {
        return versions.getOrDefault(slug, List.of()).reversed().stream()
                .filter(known -> !known.at().isAfter(asOf))
                .map(Known::fact)
                .findFirst();
    }

    private void join(Protocol protocol, List<Protocol> children) {
        if (protocol.asset() == null) {
            return;
        }
        List<String> slugs = slugsByAsset.computeIfAbsent(protocol.asset(), asset -> new ArrayList<>());
        slugs.add(protocol.slug());
        children.stream()
                .filter(child -> child.asset() == null || Objects.equals(child.asset(), protocol.asset()))
                .map(Protocol::slug)
                .filter(slug -> !slugs.contains(slug))
                .forEach(slugs::add);
    }

    private List<Protocol> newest() {
        return versions.values().stream().map(list -> list.getLast().fact()).toList();
    }
}
