package io.mlpool.serving.online;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Feast's answer: names, and beside each a column with one entry for each entity row.
 *
 * @param results in the order of the names
 */
record OnlineFeatures(Metadata metadata, List<Column> results) {

    /** Names of the columns. */
    record Metadata(Names featureNames) {

        static Metadata of(List<String> names) {
            return new Metadata(new Names(names));
        }
    }

    /** The entity first, then the features in the order of the request. */
    record Names(
            @Schema(example = "[\"asset\", \"return_24\"]") List<String> val) {}

    /**
     * A column.
     *
     * @param values a name or a number for each row; null where there is none
     * @param eventTimestamps close time of the candle that a value is of, UTC
     */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record Column(List<@Nullable Object> values, List<Status> statuses, List<Instant> eventTimestamps) {

        static Column of(List<Cell> cells) {
            return new Column(
                    new ArrayList<>(cells.stream().map(Cell::value).toList()),
                    cells.stream().map(Cell::status).toList(),
                    cells.stream().map(Cell::eventTime).toList());
        }
    }
}
