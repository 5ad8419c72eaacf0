package io.mlpool.audit;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Counts what happens too often for an entry each: questions, looks, refusals. Cheap from many threads. */
final class Uses {

    /** More different ones within seconds only an attack brings about; they are counted together. */
    private static final int MOST = 10_000;

    private final Map<Use, Tally> tallies = new ConcurrentHashMap<>();

    /** What is the same about the requests that are counted together. */
    record Use(String caller, String callerName, String action, String modelVersion, int status) {

        Use anything() {
            return new Use("many", "many", "many", "", status);
        }
    }

    /** Changed only within {@link ConcurrentHashMap#compute}, so that no count falls between taking and adding. */
    private static final class Tally {
        private final Instant first;
        private Instant last;
        private long requests;

        Tally(Instant first) {
            this.first = first;
            this.last = first;
        }

        Tally add(Instant at) {
            requests++;
            last = at;
            return this;
        }
    }

    void count(Use use, Instant at) {
        Use counted = tallies.size() < MOST || tallies.containsKey(use) ? use : use.anything();
        tallies.compute(counted, (_, tally) -> (tally == null ? new Tally(at) : tally).add(at));
    }

    /** Takes out all that was counted. */
    List<AuditRecord> take(String service) {
        List<AuditRecord> taken = new ArrayList<>();
        for (Use use : tallies.keySet()) {
            tallies.computeIfPresent(use, (_, tally) -> {
                taken.add(record(service, use, tally));
                return null;
            });
        }
        return taken;
    }

    private static AuditRecord record(String service, Use use, Tally tally) {
        return new AuditRecord(
                service,
                use.caller(),
                use.callerName(),
                "",
                use.action(),
                "",
                use.modelVersion(),
                use.status(),
                tally.requests,
                tally.first,
                tally.last);
    }
}
