package io.mlpool.featurestore;

import io.mlpool.market.Interval;
import java.time.Duration;
import java.util.List;

/**
 * What there is to know about a view.
 *
 * @param name with the interval at its end: {@code price_1h}
 * @param version counted up by whoever changes what the view computes
 * @param owner whom to ask about it
 * @param entity what a row is about
 * @param interval of the candles; a row is of the close of one
 * @param freshness age beyond which a value is not shown any more
 * @param reach bars before the event time that a row may depend on, the one that closes at it included
 * @param sources assets whose candles a {@link Entity#MARKET} view reads; empty for {@link Entity#ASSET}
 * @param features in the order of the columns
 */
public record ViewDefinition(
        String name,
        int version,
        String owner,
        Entity entity,
        Interval interval,
        Duration freshness,
        int reach,
        List<String> sources,
        String description,
        List<ViewFeature> features) {

    public ViewDefinition {
        sources = List.copyOf(sources);
        features = List.copyOf(features);
        require(name.matches("[a-z][a-z0-9_]*"), "a view's name has small letters, digits and _, found '%s'", name);
        require(version > 0, "a version is positive, found %s", version);
        require(!owner.isBlank() && !description.isBlank(), "%s needs an owner and a description", name);
        require(freshness.compareTo(interval.duration()) >= 0, "freshness is an interval or more, found %s", freshness);
        require(reach > 0, "reach is positive, found %s", reach);
        require(sources.isEmpty() == (entity == Entity.ASSET), "a view of the market names its sources, %s", name);
        long names = features.stream().map(ViewFeature::name).distinct().count();
        require(names > 0 && names == features.size(), "features have names of their own, found %s", features);
    }

    public List<String> names() {
        return features.stream().map(ViewFeature::name).toList();
    }

    /** How far back candles are read for a row. */
    public Duration history() {
        return interval.duration().multipliedBy(reach);
    }

    private static void require(boolean holds, String message, Object found) {
        if (!holds) {
            throw new IllegalArgumentException(message.formatted(found));
        }
    }
}
