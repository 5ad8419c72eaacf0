package io.mlpool.serving.live;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.mlpool.model.ForecastManifest;
import io.mlpool.registry.Alias;
import io.mlpool.registry.ModelVersion;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * A registered model as {@code GET /models} tells it.
 *
 * @param live what answers, by alias
 * @param aliases number of the version that each points to
 * @param rejected versions that an alias asks for and that do not go live
 * @param rollbacks newest first; null while the database is away
 * @param versions oldest first, without those that are damaged
 * @param damaged what is wrong with versions that cannot be read, by their number
 * @param nextCursor where {@code GET /models/{name}} goes on with the versions; null when these are all
 */
record ModelView(
        String name,
        Map<Alias, Live> live,
        SortedMap<Alias, Integer> aliases,
        List<Rejected> rejected,
        @Nullable List<Rollback> rollbacks,
        List<Version> versions,
        SortedMap<Integer, String> damaged,
        @Nullable String nextCursor) {

    /**
     * A version that answers.
     *
     * @param interval that it forecasts on; absent when it does not forecast
     * @param horizons that it forecasts; absent when it does not
     * @param loadedAt when it went live in this process
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Live(
            int version,
            String runId,
            String algorithm,
            @Nullable String interval,
            @Nullable List<String> horizons,
            Instant loadedAt) {

        static Live of(LiveModel model) {
            @Nullable ForecastManifest forecasts = model instanceof LiveForecaster forecaster ? forecaster.manifest() : null;
            return new Live(
                    model.version().version(),
                    model.version().runId(),
                    model.header().algorithm().label(),
                    forecasts == null ? null : forecasts.features().interval().label(),
                    forecasts == null
                            ? null
                            : forecasts.shape().horizons().stream()
                                    .map(Object::toString)
                                    .toList(),
                    model.loadedAt());
        }
    }

    /** A version that an alias asks for and that does not go live. */
    record Rejected(Alias alias, int version, String reason, Instant at) {

        static Rejected of(Rejection rejection) {
            return new Rejected(rejection.slot().alias(), rejection.version(), rejection.inPublic(), rejection.at());
        }
    }

    /**
     * A version that was proved worse in life.
     *
     * @param to version that came back
     * @param experiment that found it
     */
    record Rollback(int version, int to, Instant at, String reason, String experiment) {}

    /**
     * A version in the registry.
     *
     * @param aliases that point to it
     * @param tags digests, data version, the gate's decision
     */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    record Version(int version, String runId, Instant createdAt, List<Alias> aliases, Map<String, String> tags) {

        static Version of(ModelVersion version, List<Alias> aliases) {
            return new Version(version.version(), version.runId(), version.createdAt(), aliases, version.tags());
        }
    }
}
