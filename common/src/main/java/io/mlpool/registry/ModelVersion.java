package io.mlpool.registry;

import java.time.Instant;
import java.util.Map;
import java.util.Objects;

/**
 * A registered model; it never changes but for its tags.
 *
 * @param model registered name: {@code price-1h}
 * @param version counted from 1 within the name
 * @param runId training run that made it; registering the same run again gives the same version
 * @param tags digests, data version, the gate's decision
 */
public record ModelVersion(String model, int version, String runId, Instant createdAt, Map<String, String> tags) {

    /** For people: {@code version 3 of price-1h}. */
    public String inWords() {
        return "version %d of %s".formatted(version, model);
    }

    /** Refuses to delete a version that is in use: an alias points to it, or the number of the next one comes from it. */
    static void requireIdle(String model, int version, int newest, Map<Alias, Integer> targets) {
        if (version == newest || targets.containsValue(version)) {
            throw new IllegalArgumentException("version %d of %s is in use: aliases are %s, the newest version is %d"
                    .formatted(version, model, targets, newest));
        }
    }

    public ModelVersion {
        if (version < 1) {
            throw new IllegalArgumentException("versions count from 1, found " + version);
        }
        Objects.requireNonNull(runId, "a version is made by a run");
        Objects.requireNonNull(createdAt, "a version was made at some time");
        tags = Map.copyOf(tags);
    }
}
