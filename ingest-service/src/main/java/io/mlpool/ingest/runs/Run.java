package io.mlpool.ingest.runs;

import com.fasterxml.jackson.annotation.JsonRawValue;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One payload's way, in short.
 *
 * @param status {@code done} or {@code refused}
 * @param rows where its rows went, as in the report; null when it was refused
 * @param problem why it was refused; null when it is done
 */
record Run(
        long runId,
        String source,
        String payload,
        String sha256,
        Instant startedAt,
        Instant finishedAt,
        String status,
        @JsonRawValue @Nullable String rows,
        @Nullable String problem) {}
