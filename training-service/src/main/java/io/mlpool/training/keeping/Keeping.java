package io.mlpool.training.keeping;

import io.mlpool.registry.ModelRegistry;
import io.mlpool.registry.ModelVersion;
import io.mlpool.training.keeping.VersionsInUse.Use;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deletes what nobody needs any more: versions that are neither in use, nor among the newest of their model, nor young, with the runs that made them; and
 * what runs left that made no version. A version goes last, so that whoever is killed on the way is followed by another one who finds it again.
 */
final class Keeping {

    private static final Logger LOG = LoggerFactory.getLogger(Keeping.class);

    private final ModelRegistry registry;
    private final VersionsInUse used;
    private final OldRuns runs;
    private final KeepingProperties properties;
    private final Clock clock;

    Keeping(ModelRegistry registry, VersionsInUse used, OldRuns runs, KeepingProperties properties, Clock clock) {
        this.registry = registry;
        this.used = used;
        this.runs = runs;
        this.properties = properties;
        this.clock = clock;
    }

    /** Versions that the next look deletes, oldest first. */
    List<ModelVersion> plan() {
        Instant now = clock.instant();
        Set<Use> inUse = used.at(now);
        List<ModelVersion> doomed = new ArrayList<>();
        for (String model : registry.models()) {
            List<ModelVersion> versions = registry.versions(model);
            versions.stream()
                    .limit(Math.max(0, versions.size() - properties.newest()))
                    .filter(version -> version.createdAt().isBefore(now.minus(properties.age())))
                    .filter(version -> !inUse.contains(new Use(model, version.version())))
                    .forEach(doomed::add);
        }
        return doomed;
    }

    void run() {
        for (ModelVersion version : plan()) {
            runs.delete(version.runId());
            registry.delete(version.model(), version.version());
            LOG.info(
                    "{} was deleted: it is not in use, old, and not among the newest {}",
                    version.inWords(),
                    properties.newest());
        }
        runs.deleteFruitless(clock.instant().minus(properties.age()));
    }
}
