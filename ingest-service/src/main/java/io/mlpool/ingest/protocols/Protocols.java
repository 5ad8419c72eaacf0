package io.mlpool.ingest.protocols;

import io.mlpool.errors.RefusedException;
import io.mlpool.protocols.Known;
import io.mlpool.protocols.LockedValue;
import io.mlpool.protocols.Protocol;
import io.mlpool.protocols.ProtocolStore;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What is known of protocols, now or as it was known at a time. */
@RestController
@Tag(name = "protocols")
class Protocols {

    private static final int MOST = 1000;
    private static final int DAYS = 90;

    private final ProtocolStore store;
    private final Clock clock;

    Protocols(ProtocolStore store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    /** In the order of their slugs; {@code after} is the last slug of the page before, {@code as_of} is now unless it is told. */
    @GetMapping("/protocols")
    List<ProtocolState> protocols(
            @RequestParam(defaultValue = "100") int limit,
            @RequestParam(defaultValue = "") String after,
            @RequestParam(name = "as_of", required = false) @Nullable Instant asOf) {
        return store.protocols(orNow(asOf), after, Math.clamp(limit, 1, MOST)).stream()
                .map(ProtocolState::of)
                .toList();
    }

    /**
     * One protocol, with what was locked in it day by day: {@code from} inclusive, {@code to} exclusive, UTC, by default the 90 days
     * before {@code as_of}.
     */
    @GetMapping("/protocols/{slug}")
    ProtocolDetail protocol(
            @PathVariable String slug,
            @RequestParam(defaultValue = "defillama") String source,
            @RequestParam(required = false) @Nullable LocalDate from,
            @RequestParam(required = false) @Nullable LocalDate to,
            @RequestParam(name = "as_of", required = false) @Nullable Instant asOf) {
        Instant time = orNow(asOf);
        Known<Protocol> known = store.protocol(slug, time)
                .orElseThrow(() -> RefusedException.notFound("no protocol '%s' was known at %s".formatted(slug, time)));
        LocalDate end =
                to != null ? to : LocalDate.ofInstant(time, ZoneOffset.UTC).plusDays(1);
        LocalDate start = from != null ? from : end.minusDays(DAYS);
        List<LockedDay> days = store.lockedValues(source, slug, start, end, time).stream()
                .map(LockedDay::of)
                .toList();
        return new ProtocolDetail(ProtocolState.of(known), source, days);
    }

    private Instant orNow(@Nullable Instant asOf) {
        return asOf == null ? clock.instant() : asOf;
    }

    /**
     * A protocol as it was known.
     *
     * @param knownAt since when, UTC
     * @param assumed whether that is assumed, since it came with a history
     * @param recordedAt when the pool received it, UTC
     */
    record ProtocolState(Protocol protocol, Instant knownAt, boolean assumed, Instant recordedAt) {

        static ProtocolState of(Known<Protocol> known) {
            return new ProtocolState(known.fact(), known.at(), known.assumed(), known.recordedAt());
        }
    }

    /**
     * A protocol and its history.
     *
     * @param source who says what was locked
     * @param lockedValues by chain and day; those of all chains together first
     */
    record ProtocolDetail(ProtocolState state, String source, List<LockedDay> lockedValues) {}

    /**
     * What was locked on a day.
     *
     * @param chain null for all chains together
     * @param usd US dollars
     */
    record LockedDay(
            LocalDate day, @Nullable String chain, double usd, Instant knownAt, boolean assumed, Instant recordedAt) {

        static LockedDay of(Known<LockedValue> known) {
            LockedValue value = known.fact();
            return new LockedDay(
                    value.day(), value.chain(), value.usd(), known.at(), known.assumed(), known.recordedAt());
        }
    }
}
