package io.mlpool.serving.live;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What training found out about a version.
 *
 * @param decision of the gate, with its numbers; absent like the rest when no run of this database was judged for the version, as
 *     for the naive model that is there from the beginning
 * @param evaluation on the held-out slice, by horizon
 * @param dataset the candles that it learned from
 * @param tags as they were registered
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record VersionReport(
        String name,
        int version,
        String runId,
        @Schema(implementation = Object.class) @Nullable JsonNode decision,
        @Schema(implementation = Object.class) @Nullable JsonNode evaluation,
        @Schema(implementation = Object.class) @Nullable JsonNode dataset,
        Map<String, String> tags) {}
