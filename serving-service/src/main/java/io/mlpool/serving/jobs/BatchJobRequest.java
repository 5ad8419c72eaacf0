package io.mlpool.serving.jobs;

import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What {@code POST /batch-jobs} takes.
 *
 * @param id chosen by the caller, so that the request can be repeated; absent: a new one
 * @param name for people
 * @param assets absent: all that the model has forecasts of
 * @param interval absent: that of the live model, when there is only one
 * @param horizons absent: all that the model answers
 */
record BatchJobRequest(
        @Schema(description = "Chosen by the caller, so that the request can be repeated") @Nullable UUID id,

        @Schema(description = "For people", example = "nightly") @Size(max = 100) @Nullable String name,

        @ArraySchema(
                arraySchema = @Schema(description = "Absent: all that the model has forecasts of"),
                schema = @Schema(example = "bitcoin"))
        @Size(min = 1, max = 50_000) @Nullable List<@NotBlank String> assets,

        @Schema(description = "Absent: that of the live model, when there is only one", example = "1h") @Nullable String interval,

        @ArraySchema(
                arraySchema = @Schema(description = "Absent: all that the model answers"),
                schema = @Schema(example = "24h"))
        @Size(min = 1, max = 20) @Nullable List<@NotBlank String> horizons) {}
