package io.mlpool.serving.online;

import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What {@code POST /get-online-features} takes, as Feast's feature server does.
 *
 * @param features {@code view:feature}, where the view is a feature view or the registered name of a live model
 * @param featureService in place of features: a view, all of whose features are meant
 * @param entities the one entity is {@code asset}
 * @param fullFeatureNames whether names in the answer begin with their view
 */
record OnlineFeaturesRequest(
        @ArraySchema(
                arraySchema =
                        @Schema(
                                description =
                                        "view:feature, where the view is a feature view or the name of a live model"),
                schema = @Schema(example = "price-1h:return_24"))
        @Size(min = 1, max = 500) @Nullable List<@NotBlank String> features,

        @Schema(description = "In place of features: a view, all of whose features are meant", example = "price-1h")
        @Nullable String featureService,

        @Schema(example = "{\"asset\": [\"bitcoin\", \"ethereum\"]}")
        @NotNull(message = "the one entity there is, asset, with a list of asset keys") Map<String, @NotNull @Size(max = 1000) List<@NotNull String>> entities,

        @Schema(description = "Whether names in the answer begin with their view") @Nullable Boolean fullFeatureNames) {}
