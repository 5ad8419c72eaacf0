package io.mlpool.serving.online;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Names, and beside each a column with one entry for each entity row.
 *
 * @param results in the order of the names
 */
record HistoricalFeatures(OnlineFeatures.Metadata metadata, List<PastColumn> results) {

    /**
     * A column.
     *
     * @param values a name, a time or a number for each row; null where there is none
     * @param eventTimestamps close time of the candle that a value is of, UTC
     * @param createdTimestamps from when on the value counted, UTC
     */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record PastColumn(
            List<@Nullable Object> values,
            List<Status> statuses,
            List<Instant> eventTimestamps,
            List<Instant> createdTimestamps) {

        static PastColumn of(List<Cell> cells) {
            return new PastColumn(
                    new ArrayList<>(cells.stream().map(Cell::value).toList()),
                    cells.stream().map(Cell::status).toList(),
                    cells.stream().map(Cell::eventTime).toList(),
                    cells.stream().map(Cell::createdAt).toList());
        }
    }
}
