package io.mlpool.ingest.protocols;

import io.mlpool.ingest.cleaning.Findings;
import io.mlpool.ingest.cleaning.Reason;
import io.mlpool.protocols.Incident;
import io.mlpool.protocols.LockedValue;
import io.mlpool.protocols.Protocol;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What one payload tells, row by row. Bad rows are counted with their reason; of rows about the same the one told last stays. */
public final class Told {

    private final @Nullable Feed feed;
    private final String valuesBy;
    private final LocalDate today;
    private final Findings findings = new Findings();
    private final Map<String, Protocol> protocols = new LinkedHashMap<>();
    private final Map<String, Protocol> mentioned = new LinkedHashMap<>();
    private final Map<Place, LockedValue> values = new LinkedHashMap<>();
    private final List<LockedValue> totals = new ArrayList<>();
    private final Set<Incident> incidents = new LinkedHashSet<>();
    private long read;

    /**
     * Nothing yet.
     *
     * @param feed what is read again and again; null for a file, from which nothing can be concluded that it does not hold
     * @param valuesBy who says what is locked, {@code defillama}
     * @param fetchedAt when the payload was received
     */
    public Told(@Nullable Feed feed, String valuesBy, Instant fetchedAt) {
        this.feed = feed;
        this.valuesBy = valuesBy;
        this.today = LocalDate.ofInstant(fetchedAt, ZoneOffset.UTC);
    }

    /** A protocol of a list. */
    public void protocol(long line, Protocol protocol) {
        read++;
        Protocol before = protocols.put(protocol.slug(), protocol);
        if (before != null) {
            findings.add(repeated(before, protocol), line, protocol::slug);
        }
    }

    /** What is known of the protocol that the payload is about; no row of its own. */
    public void about(Protocol protocol) {
        mentioned.put(protocol.slug(), protocol);
    }

    /** What was locked on a day; the running day is left out. */
    public void value(long line, LockedValue value) {
        read++;
        if (!value.day().isBefore(today)) {
            findings.add(Reason.UNFINISHED, line, value::toString);
            return;
        }
        if (value.usd() == 0) {
            findings.add(Reason.NOTHING_LOCKED, line, value::toString);
        }
        LockedValue before = values.put(new Place(value.protocol(), value.chain(), value.day()), value);
        if (before != null) {
            findings.add(repeated(before, value), line, before::toString);
        }
    }

    /** What the values of the chains sum up to on a day that is over; no row of its own. */
    public void total(LockedValue total) {
        if (total.day().isBefore(today)) {
            totals.add(total);
        }
    }

    /** An incident of a list. */
    public void incident(long line, Incident incident) {
        read++;
        if (incident.day().isAfter(today)) {
            findings.add(Reason.UNREADABLE, line, () -> "it lies in the future: " + incident.day());
        } else if (!incidents.add(incident)) {
            findings.add(Reason.DUPLICATE, line, incident::name);
        }
    }

    /** A row that cannot be used. */
    public void bad(Reason reason, long line, String text) {
        read++;
        findings.add(reason, line, () -> text);
    }

    /** Something worth knowing that costs no row. */
    public void noted(Reason reason, long line, String text) {
        findings.add(reason, line, () -> text);
    }

    /** Whether there is nothing to store. */
    public boolean isEmpty() {
        return protocols.isEmpty() && values.isEmpty() && incidents.isEmpty();
    }

    @Nullable Feed feed() {
        return feed;
    }

    String valuesBy() {
        return valuesBy;
    }

    Findings findings() {
        return findings;
    }

    long read() {
        return read;
    }

    Collection<Protocol> protocols() {
        return protocols.values();
    }

    Collection<Protocol> mentioned() {
        return mentioned.values();
    }

    Collection<LockedValue> values() {
        return values.values();
    }

    List<LockedValue> totals() {
        return totals;
    }

    Collection<Incident> incidents() {
        return incidents;
    }

    private static Reason repeated(Object before, Object after) {
        return before.equals(after) ? Reason.DUPLICATE : Reason.REPEATED_TIME;
    }

    private record Place(String protocol, @Nullable String chain, LocalDate day) {}
}
