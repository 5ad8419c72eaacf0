package io.mlpool.serving.live;

import io.mlpool.registry.ModelRegistry;
import io.mlpool.registry.ModelVersion;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** {@code GET /models/{name}/versions/{version}/report}. */
@RestController
@Tag(name = "models")
class ReportEndpoint {

    private final RegisteredModels registered;
    private final TrainingReports reports;

    ReportEndpoint(ModelRegistry registry, TrainingReports reports) {
        this.registered = new RegisteredModels(registry);
        this.reports = reports;
    }

    @Operation(
            operationId = "get_version_report",
            summary = "What was measured of a version, and the promotion decision with its numbers",
            description =
                    "For each horizon the scores beside the naive forecasts', the tests against the naive forecast and"
                            + " the champion of then, and the candles that it learned from.")
    @GetMapping("/models/{name}/versions/{version}/report")
    VersionReport report(
            @PathVariable @Schema(example = "price-1h") String name, @PathVariable @Schema(example = "1") int version) {
        ModelVersion found = registered.require(name, version);
        return reports.of(found);
    }
}
