package io.mlpool.serving.featurestore;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.mlpool.featurestore.PublishedView;
import io.mlpool.featurestore.ViewDefinition;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What there is to know about a feature view.
 *
 * @param hash SHA-256 of what the view computes
 * @param entity what a row is about: an asset, or the market as a whole
 * @param maxAgeSeconds age beyond which a value is not shown
 * @param sources assets whose candles a view of the market reads
 * @param beginsAt event time from which on there are values; null until the view was looked after for the first time
 * @param newestEvent null when there are no values
 * @param rows stored values, earlier versions included
 * @param pending series of which values are still to be computed
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
record FeatureViewAnswer(
        String name,
        int version,
        String hash,
        String owner,
        String entity,
        String interval,
        long maxAgeSeconds,
        String description,
        List<String> sources,
        List<FeatureColumn> features,
        @Nullable Instant beginsAt,
        @Nullable Instant newestEvent,
        long rows,
        long pending) {

    /** One of its columns. */
    record FeatureColumn(String name, String type, String meaning) {}

    static FeatureViewAnswer of(PublishedView view, Optional<ViewStates.State> state) {
        ViewDefinition definition = view.definition();
        return new FeatureViewAnswer(
                view.name(),
                definition.version(),
                view.hash(),
                definition.owner(),
                definition.entity().label(),
                definition.interval().label(),
                definition.freshness().toSeconds(),
                definition.description(),
                definition.sources(),
                definition.features().stream()
                        .map(feature -> new FeatureColumn(feature.name(), "float32", feature.meaning()))
                        .toList(),
                state.map(ViewStates.State::beginsAt).orElse(null),
                state.map(ViewStates.State::newestEvent).orElse(null),
                state.map(ViewStates.State::rows).orElse(0L),
                state.map(ViewStates.State::pending).orElse(0L));
    }
}
