package io.mlpool.risk;

import io.mlpool.protocols.Incident;
import io.mlpool.protocols.Known;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Incidents of known protocols. Lists overlap and differ by a day or two: what hits a protocol within three days counts once. */
final class KnownIncidents {

    private static final int SAME_EVENT_DAYS = 3;

    private final Map<String, List<Known<Incident>>> byProtocol = new HashMap<>();
    private final @Nullable Instant firstKnown;

    KnownIncidents(Collection<Known<Incident>> told) {
        told.stream().filter(known -> known.fact().protocol() != null).forEach(known -> byProtocol
                .computeIfAbsent(Objects.requireNonNull(known.fact().protocol()), slug -> new ArrayList<>())
                .add(known));
        byProtocol
                .values()
                .forEach(list ->
                        list.sort((a, b) -> a.fact().day().compareTo(b.fact().day())));
        firstKnown = told.stream().map(Known::at).min(Instant::compareTo).orElse(null);
    }

    /** Days of those of some protocols together, the newest last; null when no incident at all was known: silence of a missing list. */
    @Nullable List<LocalDate> of(Collection<String> slugs, Instant asOf) {
        if (firstKnown == null || firstKnown.isAfter(asOf)) {
            return null;
        }
        return apart(slugs.stream()
                .flatMap(slug -> byProtocol.getOrDefault(slug, List.of()).stream())
                .filter(known -> !known.at().isAfter(asOf))
                .map(known -> known.fact().day())
                .sorted()
                .toList());
    }

    /** How many since {@code from} hit protocols of a kind; NaN when no incident at all was known. */
    double count(Instant asOf, LocalDate from, Predicate<String> kind) {
        if (firstKnown == null || firstKnown.isAfter(asOf)) {
            return Double.NaN;
        }
        return byProtocol.keySet().stream()
                .filter(kind)
                .mapToLong(slug -> Objects.requireNonNull(of(List.of(slug), asOf)).stream()
                        .filter(day -> !day.isBefore(from))
                        .count())
                .sum();
    }

    private static List<LocalDate> apart(List<LocalDate> days) {
        List<LocalDate> apart = new ArrayList<>();
        for (LocalDate day : days) {
            if (apart.isEmpty() || day.isAfter(apart.getLast().plusDays(SAME_EVENT_DAYS))) {
                apart.add(day);
            }
        }
        return apart;
    }
}
