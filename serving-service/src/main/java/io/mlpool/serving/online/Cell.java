package io.mlpool.serving.online;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One value of an answer.
 *
 * @param value null where there is none
 * @param eventTime close time of the candle that it is of; the epoch where there is none
 * @param createdAt from when on it counted; the epoch where there is none or nobody wrote it down
 */
record Cell(@Nullable Object value, Status status, Instant eventTime, Instant createdAt) {

    static final Cell NOT_FOUND = new Cell(null, Status.NOT_FOUND, Instant.EPOCH, Instant.EPOCH);

    /** What an entity is called: always there. */
    static Cell entity(String name) {
        return new Cell(name, Status.PRESENT, Instant.EPOCH, Instant.EPOCH);
    }
}
