package io.mlpool.serving.live;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.mlpool.model.BundleHeader;
import io.mlpool.model.ForecastManifest;
import io.mlpool.model.Provenance;
import io.mlpool.registry.Alias;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A version with all that its bundle says about it.
 *
 * @param manifest absent when the bundle is broken
 * @param broken what is wrong with the bundle; absent when nothing is
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record VersionView(
        String name,
        int version,
        String runId,
        Instant createdAt,
        List<Alias> aliases,
        Map<String, String> tags,
        @Nullable Manifest manifest,
        @Nullable String broken) {

    /** The bundle's manifest in words that a reader of JSON expects; of a model that does not forecast only what all have. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Manifest(
            String algorithm,
            @Nullable String interval,
            @Nullable Integer steps,
            @Nullable String featureSchema,
            @Nullable List<String> features,
            @Nullable List<String> market,
            @Nullable List<String> horizons,
            @Nullable List<Double> levels,
            Map<String, Double> metrics,
            Provenance provenance,
            @Nullable List<List<Double>> calibration) {

        static Manifest of(BundleHeader header) {
            return new Manifest(
                    header.algorithm().label(),
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    header.metrics(),
                    header.provenance(),
                    null);
        }

        static Manifest of(ForecastManifest manifest) {
            return new Manifest(
                    manifest.algorithm().label(),
                    manifest.features().interval().label(),
                    manifest.features().steps(),
                    manifest.features().version(),
                    manifest.features().names(),
                    manifest.features().market(),
                    manifest.shape().horizons().stream().map(Object::toString).toList(),
                    manifest.shape().levels(),
                    manifest.metrics(),
                    manifest.provenance(),
                    manifest.calibration().offsets());
        }
    }
}
