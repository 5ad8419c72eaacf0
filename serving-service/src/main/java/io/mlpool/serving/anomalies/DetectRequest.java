package io.mlpool.serving.anomalies;

import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What {@code POST /anomalies/detect} takes: a series as columns. What it may be is checked where its points are made.
 *
 * @param times of the points, strictly increasing; absent: they are counted
 * @param dimensions a number or null for each point, by the name of the dimension
 * @param alarmsPerWeek budget; only with times
 * @param alarmsPerThousand budget of a thousand points; not beside the other one
 * @param shingle points that are looked at together
 * @param minGrade of the anomalies in the answer, inclusive
 */
@Schema(description = "A series of the caller's own, a column of numbers for each dimension")
record DetectRequest(
        @ArraySchema(
                arraySchema =
                        @Schema(
                                description =
                                        "Times of the points, strictly increasing; absent: points are counted from 0",
                                example =
                                        "[\"2026-01-31T12:00:00Z\", \"2026-01-31T13:00:00Z\", \"2026-01-31T14:00:00Z\"]"))
        @Nullable List<@Nullable Instant> times,

        @Schema(
                description = "A number for each point by the name of the dimension; null where it is not known",
                example = "{\"temperature\": [20.1, 20.3, null], \"pressure\": [1.01, 1.02, 1.01]}",
                requiredMode = Schema.RequiredMode.REQUIRED)
        @Nullable Map<String, @Nullable List<@Nullable Double>> dimensions,

        @Schema(
                description = "Budget of alarms; needs times; absent: 2, or 5 in a thousand points without times",
                example = "2")
        @Nullable Double alarmsPerWeek,

        @Schema(description = "Budget of alarms in a thousand points, at most 50", example = "5") @Nullable Double alarmsPerThousand,

        @Schema(
                description = "Points that are looked at together: with 4 an unusual order shows; absent: 1",
                minimum = "1",
                maximum = "24")
        @Nullable Integer shingle,

        @Schema(description = "Lowest grade in the answer; absent: all", minimum = "0", maximum = "1") @Nullable Double minGrade) {}
