package io.mlpool.serving.live;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.mlpool.model.BundleManifest;
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

    /** The bundle's manifest in words that a reader of JSON expects. */
    record Manifest(
            String algorithm,
            String interval,
            int steps,
            String featureSchema,
            List<String> features,
            List<String> market,
            List<String> horizons,
            List<Double> levels,
            Map<String, Double> metrics,
            Provenance provenance,
            List<List<Double>> calibration) {

        static Manifest of(BundleManifest manifest) {
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
