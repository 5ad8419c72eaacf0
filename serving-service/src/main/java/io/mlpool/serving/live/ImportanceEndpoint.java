package io.mlpool.serving.live;

import io.mlpool.errors.RefusedException;
import io.mlpool.model.BrokenBundleException;
import io.mlpool.model.FeatureImportance;
import io.mlpool.model.ForecastBundle;
import io.mlpool.registry.ModelRegistry;
import io.mlpool.registry.ModelVersion;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.springframework.http.CacheControl;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** {@code GET /models/{name}/versions/{version}/importance}. */
@RestController
@Tag(name = "models")
class ImportanceEndpoint {

    /** It never changes; what must be seen soon is only that a version is there no more. Private, since readers have keys. */
    private static final CacheControl KEPT =
            CacheControl.maxAge(1, TimeUnit.HOURS).cachePrivate();

    private final ModelRegistry registry;
    private final RegisteredModels registered;

    ImportanceEndpoint(ModelRegistry registry) {
        this.registry = registry;
        this.registered = new RegisteredModels(registry);
    }

    @Operation(
            operationId = "get_version_importance",
            summary = "Which features a version leans on",
            description =
                    "How much its loss on held-out windows rises when a feature, or a family of features, is exchanged between them, and"
                            + " of trees which share features have in their splits and answers. 404 when it was not measured, as of the"
                            + " naive model, which looks at nothing.")
    @GetMapping("/models/{name}/versions/{version}/importance")
    ResponseEntity<VersionImportance> importance(
            @PathVariable @Schema(example = "price-1h") String name, @PathVariable @Schema(example = "2") int version) {
        ModelVersion found = registered.require(name, version);
        FeatureImportance importance = importance(found)
                .orElseThrow(() -> RefusedException.notFound(
                        "it was not measured what version %d of %s leans on: it looks at nothing, does not forecast prices, or is older than this measurement"
                                .formatted(version, name)));
        return ResponseEntity.ok()
                .cacheControl(KEPT)
                .eTag(tag(found))
                .body(VersionImportance.of(name, version, importance));
    }

    /** The same number is another version once the registry was begun anew. */
    private static String tag(ModelVersion version) {
        return "%x-%x"
                .formatted(version.createdAt().toEpochMilli(), version.runId().hashCode());
    }

    private Optional<FeatureImportance> importance(ModelVersion version) {
        try {
            return ForecastBundle.importance(registry.fetch(version));
        } catch (BrokenBundleException e) {
            throw RefusedException.conflict(PublicWords.of(String.valueOf(e.getMessage())));
        }
    }
}
