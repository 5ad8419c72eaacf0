package io.mlpool.protocols;

import java.time.Instant;

/**
 * A fact, and since when it is known. "As known at t" means all with {@code at <= t}.
 *
 * @param at from when on (inclusive) it may be used without knowing the future
 * @param assumed true when nobody saw it at that time: it came with a history, and {@code at} is the end of its day plus an
 *     assumed delay. What was revised meanwhile came as revised
 * @param recordedAt when the pool received it; never before {@code at}
 */
public record Known<T>(T fact, Instant at, boolean assumed, Instant recordedAt) {

    public Known {
        if (at.isAfter(recordedAt)) {
            throw new IllegalArgumentException(
                    "known_at must not be after recorded_at, found %s and %s".formatted(at, recordedAt));
        }
        if (!assumed && !at.equals(recordedAt)) {
            throw new IllegalArgumentException(
                    "what was observed is known when it is recorded, found %s and %s".formatted(at, recordedAt));
        }
    }
}
