package io.mlpool.risk;

import io.mlpool.protocols.Known;
import io.mlpool.protocols.LockedValue;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/** What was locked in a protocol, on one chain or on all, by one source: each day's figure in all its versions. */
final class LockedDays {

    /** An older figure says nothing of today. */
    private static final int FRESH_DAYS = 7;

    private final NavigableMap<LocalDate, List<Version>> days = new TreeMap<>();

    private record Version(Instant knownAt, double usd) {}

    void add(Known<LockedValue> value) {
        days.computeIfAbsent(value.fact().day(), day -> new ArrayList<>(1))
                .add(new Version(value.at(), value.fact().usd()));
    }

    /** Of a day, or of the newest day before it that is not older than {@link #FRESH_DAYS}; NaN when there is none. */
    double newest(LocalDate day, Instant asOf) {
        for (int back = 0; back <= FRESH_DAYS; back++) {
            double usd = at(day.minusDays(back), asOf);
            if (!Double.isNaN(usd)) {
                return usd;
            }
        }
        return Double.NaN;
    }

    /** As known at a time; NaN when nothing was, and for 0, which may be an outage of the source. */
    double at(LocalDate day, Instant asOf) {
        Version newest = null;
        for (Version version : days.getOrDefault(day, List.of())) {
            if (!version.knownAt().isAfter(asOf)
                    && (newest == null || version.knownAt().isAfter(newest.knownAt()))) {
                newest = version;
            }
        }
        return newest == null || newest.usd() == 0 ? Double.NaN : newest.usd();
    }
}
