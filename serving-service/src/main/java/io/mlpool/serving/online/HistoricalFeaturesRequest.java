package io.mlpool.serving.online;

import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What {@code POST /get-historical-features} takes.
 *
 * @param features {@code view:feature} of feature views
 * @param featureService in place of features: a view, all of whose features are meant
 * @param fullFeatureNames whether names in the answer begin with their view
 */
record HistoricalFeaturesRequest(
        @ArraySchema(
                arraySchema = @Schema(description = "view:feature, where the view is a feature view"),
                schema = @Schema(example = "price_1h:return_24"))
        @Size(min = 1, max = 500) @Nullable List<@NotBlank String> features,

        @Schema(description = "In place of features: a view, all of whose features are meant", example = "price_1h")
        @Nullable String featureService,

        @Valid @NotNull(message = "the columns asset and event_timestamp, and perhaps created_before") EntityRows entities,

        @Schema(description = "Whether names in the answer begin with their view") @Nullable Boolean fullFeatureNames) {

    /** Rows of a request that are answered at most. */
    static final int MOST_ROWS = 10_000;

    /**
     * The entity rows as columns of equal length.
     *
     * @param eventTimestamp the time as of which features are wanted
     * @param createdBefore values must have counted by then (inclusive); absent: by the event timestamp, which is what was known then
     */
    record EntityRows(
            @ArraySchema(schema = @Schema(example = "bitcoin")) @NotNull @Size(max = MOST_ROWS) List<@NotNull String> asset,

            @NotNull @Size(max = MOST_ROWS) List<@NotNull Instant> eventTimestamp,

            @ArraySchema(
                    arraySchema =
                            @Schema(
                                    description =
                                            "Values must have counted by then; absent: by the event timestamp, which is what was known at it"))
            @Size(max = MOST_ROWS) @Nullable List<@NotNull Instant> createdBefore) {}
}
