package io.mlpool.serving.prediction;

import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** What {@code POST /predict/batch} takes; the items are read one by one. */
record BatchRequest(
        @ArraySchema(schema = @Schema(implementation = PredictionRequest.class), maxItems = MOST)
        @NotNull @Size(max = MOST) List<JsonNode> requests) {

    private static final int MOST = 1000;
}
