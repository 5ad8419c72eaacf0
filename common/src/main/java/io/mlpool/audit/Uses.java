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

    /** With so many it does not help to know each address, and an attacker from many would fill the log. */
    private static final int MOST_ADDRESSES = 1_000;

    private final Map<Use, Tally> tallies = new ConcurrentHashMap<>();

    /**
     * What is the same about the requests that are counted together.
     *
     * @param address of the caller where that was refused; empty where many callers are counted
     */
    record Use(String caller, String callerName, String address, String action, String modelVersion, int status) {

        Use fromAnywhere() {
            return new Use(caller, callerName, "", action, modelVersion, status);
        }

        Use anything() {
            return new Use("many", "many", "", "many", "", status);
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
        Use counted =
                fits(use, MOST_ADDRESSES) ? use : fits(use.fromAnywhere(), MOST) ? use.fromAnywhere() : use.anything();
        tallies.compute(counted, (_, tally) -> (tally == null ? new Tally(at) : tally).add(at));
    }

    private boolean fits(Use use, int most) {
        return tallies.size() < most || tallies.containsKey(use);
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
                use.address(),
                use.action(),
                "",
                use.modelVersion(),
                use.status(),
                tally.requests,
                tally.first,
                tally.last);
    }
}
