package io.mlpool.serving.forecast;

import io.mlpool.drift.Column;
import io.mlpool.drift.DriftReference;
import io.mlpool.features.FeatureFrame;
import io.mlpool.features.FeatureSchema;
import io.mlpool.features.FeatureWindow;
import io.mlpool.market.Interval;
import io.mlpool.model.ForecastManifest;
import io.mlpool.model.WatchedValues;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Reasons not to trust a forecast, in sentences with their numbers. */
public final class Doubts {

    /** The newest candle's move was far outside of what the series did until then. */
    public static final String EXTREME_MOVE = "outlier input: the newest candle is flagged as an extreme move";

    /**
     * The volatility counts the newest return too, with a weight of 0.019, so that no return reaches 7.3 units of it: beyond 6
     * it was more than ten times the volatility before.
     */
    private static final double EXTREME_RETURN = 6;

    private final TrustProperties properties;

    Doubts(TrustProperties properties) {
        this.properties = properties;
    }

    /** What speaks against this model on this window, whenever it is asked. */
    List<String> about(ForecastManifest manifest, FeatureWindow window) {
        List<String> doubts = new ArrayList<>();
        suddenMove(window).ifPresent(doubts::add);
        outlier(window).or(() -> unusual(manifest, window)).ifPresent(doubts::add);
        expired(manifest, window.asOf()).ifPresent(doubts::add);
        return doubts;
    }

    /** The newest candle closed more than two intervals before {@code now}. */
    public static Optional<String> stale(Instant asOf, Interval interval, Instant now) {
        if (!now.isAfter(asOf.plus(interval.duration().multipliedBy(2)))) {
            return Optional.empty();
        }
        return Optional.of("stale data: the newest %s candle closed at %s, %s ago"
                .formatted(interval, asOf, age(Duration.between(asOf, now))));
    }

    private static Optional<String> suddenMove(FeatureWindow window) {
        FeatureSchema schema = window.schema();
        int newest = (schema.steps() - 1) * schema.width();
        double move = window.values()[newest + schema.names().indexOf("return_1")];
        return Math.abs(move) < EXTREME_RETURN
                ? Optional.empty()
                : Optional.of("outlier input: the newest candle moved by more than ten times the volatility before it");
    }

    /** Values at the newest step that had to be cut: the model never saw the like. */
    private static Optional<String> outlier(FeatureWindow window) {
        FeatureSchema schema = window.schema();
        int newest = (schema.steps() - 1) * schema.width();
        List<String> cut = new ArrayList<>();
        for (int feature = 0; feature < schema.width(); feature++) {
            if (Math.abs(window.values()[newest + feature]) >= FeatureFrame.CLIP) {
                cut.add(schema.names().get(feature));
            }
        }
        return cut.isEmpty() ? Optional.empty() : Optional.of("outlier input: " + words(cut));
    }

    /** Values that the model saw in less than one in a thousand bars: one far from all others, or many at their ends at once. */
    private static Optional<String> unusual(ForecastManifest manifest, FeatureWindow window) {
        DriftReference reference = manifest.drift();
        if (reference == null) {
            return Optional.empty();
        }
        double[] values = new WatchedValues(manifest.features(), manifest.shape()).features(window);
        List<Column> columns = reference.unusual(values);
        return columns.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        "outlier input: fewer than one in 1,000 candles that the model learned from were like the newest, most of all in "
                                + columns.stream().limit(3).map(Column::name).collect(Collectors.joining(", ")));
    }

    /** Who looks at a page does not know the names of features. */
    private static String words(List<String> cut) {
        String names = String.join(", ", cut);
        return cut.stream().allMatch(name -> name.startsWith("turnover"))
                ? "the volume traded last is missing, or far from what it was before (%s beyond %s units)"
                        .formatted(names, FeatureFrame.CLIP)
                : "the newest candle is unlike all that the model has seen (%s beyond %s units)"
                        .formatted(names, FeatureFrame.CLIP);
    }

    private Optional<String> expired(ForecastManifest manifest, Instant asOf) {
        Duration age = Duration.between(manifest.provenance().trainedUntil(), asOf);
        return age.compareTo(properties.modelExpiry()) <= 0
                ? Optional.empty()
                : Optional.of("expired model: it was trained until %s, %s before these"
                        .formatted(manifest.provenance().trainedUntil(), age(age)));
    }

    private static String age(Duration age) {
        return age.toDays() >= 2 ? age.toDays() + " days" : age.toHours() + " h " + age.toMinutesPart() + " min";
    }
}
