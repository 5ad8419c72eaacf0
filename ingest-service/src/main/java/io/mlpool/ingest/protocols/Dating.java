package io.mlpool.ingest.protocols;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Since when facts of a payload are known. A fact that changed, or that was missing when its feed was last read, is known since
 * the payload was fetched. One that nobody could have seen earlier here, because nothing was read in time, came with a history:
 * it is assumed to have been known a delay after its day was over.
 *
 * @param fetchedAt of the payload
 * @param lastRead when its feed was read before; null when never, and for files, whose silence means nothing
 */
record Dating(Instant fetchedAt, @Nullable Instant lastRead) {

    /** DefiLlama takes figures every hour. */
    static final Duration VALUE_DELAY = Duration.ofHours(1);

    /** News travel fast, lists are written later. */
    static final Duration INCIDENT_DELAY = Duration.ofDays(1);

    /** Of rows with {@code day} and {@code held} (whether an earlier version is there) the columns known_at and assumed. */
    static final String COLUMNS = """
            CASE WHEN %1$s THEN %2$s ELSE CAST(:fetched AS timestamptz) END AS known_at, %1$s AS assumed
            """.formatted(
                    "(NOT held AND %1$s < :fetched AND NOT COALESCE(CAST(:lastRead AS timestamptz) >= %1$s, false))"
                            .formatted("((day + 1)::timestamp AT TIME ZONE 'UTC' + CAST(:delay AS interval))"),
                    "((day + 1)::timestamp AT TIME ZONE 'UTC' + CAST(:delay AS interval))");

    Map<String, Object> params(Duration delay) {
        Map<String, Object> params = new HashMap<>();
        params.put("fetched", fetchedAt.atOffset(ZoneOffset.UTC));
        params.put("lastRead", lastRead == null ? null : lastRead.atOffset(ZoneOffset.UTC));
        params.put("delay", delay.toSeconds() + " seconds");
        return params;
    }
}
