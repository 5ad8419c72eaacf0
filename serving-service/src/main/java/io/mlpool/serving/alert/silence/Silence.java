package io.mlpool.serving.alert.silence;

import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Alerts that nobody is told of for a while. They are evaluated, shown and streamed as always; what still fires at its end is told
 * then, and what has come and gone meanwhile never.
 *
 * @param matchers that must all match, at least one
 * @param startsAt inclusive, UTC
 * @param endsAt exclusive, UTC
 */
public record Silence(
        UUID id,
        List<Matcher> matchers,
        Instant startsAt,
        Instant endsAt,
        String createdBy,
        String reason,
        Instant createdAt) {

    public Silence {
        matchers = List.copyOf(matchers);
        if (matchers.isEmpty()) {
            throw new IllegalArgumentException("a silence needs a matcher, else it would hide everything");
        }
        if (endsAt.isBefore(startsAt)) {
            throw new IllegalArgumentException(
                    "a silence must end after it starts, found %s and %s".formatted(startsAt, endsAt));
        }
    }

    /** Of those that match, the one that ends last. */
    public static Optional<Silence> longest(Collection<Silence> silences, Map<String, String> labels) {
        return silences.stream().filter(silence -> silence.matches(labels)).max(Comparator.comparing(Silence::endsAt));
    }

    public boolean isActive(Instant now) {
        return !now.isBefore(startsAt) && now.isBefore(endsAt);
    }

    public boolean matches(Map<String, String> labels) {
        return matchers.stream().allMatch(matcher -> matcher.matches(labels));
    }
}
