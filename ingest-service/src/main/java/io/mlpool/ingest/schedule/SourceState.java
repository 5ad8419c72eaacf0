package io.mlpool.ingest.schedule;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How a source fares. Times are in UTC; what does not apply to a source is null.
 *
 * @param state {@code off}, {@code waiting} (nothing asked yet), {@code ok} or {@code failing}
 * @param plan what is asked of the source, in words
 * @param lastError in words with what to do; kept when it works again
 * @param creditsLeft until the end of the calendar month, over all replicas
 * @param nextRun when something is done next
 */
record SourceState(
        String name,
        boolean enabled,
        String state,
        @Nullable String plan,
        @Nullable Instant lastSuccess,
        @Nullable String lastError,
        @Nullable Instant lastErrorAt,
        @Nullable Long creditsUsed,
        @Nullable Long creditsLeft,
        @Nullable Instant nextRun) {}
