package io.mlpool.serving.jobs;

import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What {@code POST /batch-jobs} takes.
 *
 * @param id chosen by the caller, so that the request can be repeated; absent: one is made up
 * @param assets asset keys; {@code *} stands for all that have candles of the interval
 * @param interval of the candles; absent: that of the live model, when there is only one
 * @param horizons absent: all that the model answers
 * @param name for people
 */
@Schema(description = "A universe of assets to forecast in the background")
record JobRequest(
        @Schema(
                description = "Chosen by the caller, so that the request can be repeated; absent: made up",
                example = "6f2b8d9e-3c1a-4f57-9b0e-2d4c6a8f1e35")
        @Nullable UUID id,

        @ArraySchema(
                arraySchema =
                        @Schema(
                                description = "Asset keys; `*` stands for all that have candles of the interval",
                                example = "[\"*\"]"),
                schema = @Schema(description = "Asset key, or `*`", example = "bitcoin"),
                minItems = 1,
                maxItems = MOST_ASSETS)
        @NotNull @Size(min = 1, max = MOST_ASSETS) List<@NotNull @Size(min = 1, max = 100) @Pattern(regexp = VISIBLE) String> assets,

        @Nullable String interval,

        @ArraySchema(
                arraySchema = @Schema(description = "How far ahead; absent: all horizons that the model answers"),
                schema = @Schema(example = "24h"),
                minItems = 1,
                maxItems = MOST_HORIZONS)
        @Nullable @Size(min = 1, max = MOST_HORIZONS) List<@NotNull String> horizons,

        @Schema(description = "For people: what the job is about", example = "nightly universe")
        @Nullable @Size(min = 1, max = 200) @Pattern(regexp = VISIBLE) String name) {

    private static final int MOST_ASSETS = 10_000;
    private static final int MOST_HORIZONS = 100;

    /** Control characters are in no name, and PostgreSQL cannot keep all of them. */
    private static final String VISIBLE = "^[^\\u0000-\\u001f\\u007f]+$";
}
