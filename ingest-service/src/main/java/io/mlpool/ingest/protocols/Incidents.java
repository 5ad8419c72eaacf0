package io.mlpool.ingest.protocols;

import io.mlpool.protocols.Incident;
import io.mlpool.protocols.ProtocolStore;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What went wrong, as it was known at a time. */
@RestController
@Tag(name = "incidents")
class Incidents {

    private static final int MOST = 1000;

    private final ProtocolStore store;
    private final Clock clock;

    Incidents(ProtocolStore store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    /** The newest first; {@code before} is the last {@code number} of the page before, {@code as_of} is now unless it is told. */
    @GetMapping("/incidents")
    List<KnownIncident> incidents(
            @RequestParam(defaultValue = "50") int limit,
            @RequestParam(required = false) @Nullable Integer before,
            @RequestParam(name = "as_of", required = false) @Nullable Instant asOf) {
        Instant time = asOf == null ? clock.instant() : asOf;
        return store.incidents(time, before, Math.clamp(limit, 1, MOST)).stream()
                .map(KnownIncident::of)
                .toList();
    }

    /**
     * An incident as it was known.
     *
     * @param number in the pool
     * @param knownAt since when, UTC
     * @param assumed whether that is assumed, since it came with a list of what was past
     * @param recordedAt when the pool received it, UTC
     */
    record KnownIncident(int number, Incident incident, Instant knownAt, boolean assumed, Instant recordedAt) {

        static KnownIncident of(ProtocolStore.Numbered numbered) {
            return new KnownIncident(
                    numbered.number(),
                    numbered.incident().fact(),
                    numbered.incident().at(),
                    numbered.incident().assumed(),
                    numbered.incident().recordedAt());
        }
    }
}
