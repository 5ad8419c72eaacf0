package io.mlpool.training.keeping;

import io.mlpool.registry.ModelVersion;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Which versions would be deleted now. */
@RestController
@Tag(name = "results")
final class KeepingController {

    private final Keeping keeping;
    private final KeepingProperties properties;

    KeepingController(Keeping keeping, KeepingProperties properties) {
        this.keeping = keeping;
        this.properties = properties;
    }

    /**
     * The policy and what it comes to.
     *
     * @param enabled whether the next look deletes them
     * @param newest versions of each model that are kept
     * @param ageDays up to which versions are kept
     * @param doomed versions that are neither in use, nor among the newest, nor young; oldest first
     */
    record KeptVersions(boolean enabled, int newest, long ageDays, List<Doomed> doomed) {}

    /** A version that is not kept. */
    record Doomed(String model, int version, String runId, Instant createdAt) {

        static Doomed of(ModelVersion version) {
            return new Doomed(version.model(), version.version(), version.runId(), version.createdAt());
        }
    }

    @GetMapping("/keeping")
    KeptVersions keeping() {
        Duration age = properties.age();
        return new KeptVersions(
                properties.enabled(),
                properties.newest(),
                age.toDays(),
                keeping.plan().stream().map(Doomed::of).toList());
    }
}
