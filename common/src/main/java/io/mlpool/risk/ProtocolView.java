package io.mlpool.risk;

import io.mlpool.protocols.Protocol;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A protocol as known at one time.
 *
 * @param slug what it is called by
 * @param fact newest one that was known; null when its name alone is told later
 * @param total locked in all chains together, by the source that counts; null when none tells
 * @param byChain the same for each chain
 * @param own days of its incidents, the newest last; null when no list of incidents was known
 * @param ofCategory incidents of its category within a year, counted; NaN when the category was not known
 */
record ProtocolView(
        String slug,
        Instant asOf,
        @Nullable Protocol fact,
        @Nullable LockedDays total,
        List<LockedDays> byChain,
        @Nullable List<LocalDate> own,
        double ofCategory) {

    /** Newest figure; NaN when there is none of the last days. */
    double locked() {
        return lockedBefore(0);
    }

    double lockedChange(int days) {
        return Math.log(locked() / lockedBefore(days));
    }

    double lockedDrawdown(int days) {
        double high = Double.NaN;
        for (int back = 0; back < days && total != null; back++) {
            double usd = total.at(today().minusDays(back), asOf);
            high = Double.isNaN(usd) ? high : Math.max(Double.isNaN(high) ? 0 : high, usd);
        }
        return Math.log(locked() / high);
    }

    /** Of Herfindahl: the sum of squared shares. */
    double chainConcentration() {
        double sum = 0;
        double squares = 0;
        for (LockedDays chain : byChain) {
            double usd = chain.newest(today(), asOf);
            sum += Double.isNaN(usd) ? 0 : usd;
            squares += Double.isNaN(usd) ? 0 : usd * usd;
        }
        return sum == 0 ? Double.NaN : squares / (sum * sum);
    }

    double chains() {
        long locked = byChain.stream()
                .filter(chain -> !Double.isNaN(chain.newest(today(), asOf)))
                .count();
        if (locked > 0) {
            return locked;
        }
        return fact == null || fact.chains().isEmpty()
                ? Double.NaN
                : fact.chains().size();
    }

    double listedDays() {
        Instant listed = fact == null ? null : fact.listedAt();
        return listed == null ? Double.NaN : ChronoUnit.SECONDS.between(listed, asOf) / 86_400.0;
    }

    /** 1 when its category is called like one of these; NaN when it is not known. */
    double isOf(String... kinds) {
        String category = fact == null ? null : fact.category();
        if (category == null) {
            return Double.NaN;
        }
        String lower = category.toLowerCase(Locale.ROOT);
        return List.of(kinds).stream().anyMatch(lower::contains) ? 1 : 0;
    }

    double audits() {
        return fact == null ? Double.NaN : orUnknown(fact.audits());
    }

    double auditLinks() {
        return fact == null ? Double.NaN : orUnknown(fact.auditLinks());
    }

    double fork() {
        return fact == null || fact.category() == null
                ? Double.NaN
                : fact.forkedFrom().isEmpty() ? 0 : 1;
    }

    double ended() {
        if (fact == null) {
            return Double.NaN;
        }
        LocalDate dead = fact.deadFrom();
        return Boolean.TRUE.equals(fact.rugged()) || (dead != null && !dead.isAfter(today())) ? 1 : 0;
    }

    double incidents() {
        return own == null ? Double.NaN : own.size();
    }

    double daysSinceIncident() {
        return own == null || own.isEmpty() ? Double.NaN : ChronoUnit.DAYS.between(own.getLast(), today());
    }

    double incidentsOfCategory() {
        return ofCategory;
    }

    private double lockedBefore(int days) {
        return total == null ? Double.NaN : total.newest(today().minusDays(days), asOf);
    }

    private LocalDate today() {
        return LocalDate.ofInstant(asOf, ZoneOffset.UTC);
    }

    private static double orUnknown(@Nullable Integer value) {
        return value == null ? Double.NaN : value;
    }
}
