package io.mlpool.ingest.coingecko;

import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Credits of the calendar month (UTC), counted in one row that all replicas share. A credit is taken before the request and
 * given back when it was not answered with 200, so that replicas together never pass the limit; a process killed in between
 * has counted one too many.
 */
final class CreditBudget {

    private final JdbcClient jdbc;
    private final Clock clock;
    private final long monthly;

    CreditBudget(JdbcClient jdbc, Clock clock, long monthly) {
        this.jdbc = jdbc;
        this.clock = clock;
        this.monthly = monthly;
    }

    /**
     * Takes one credit.
     *
     * @return the month it was taken from, to give it back
     * @throws CoinGeckoException when none is left
     */
    LocalDate take() {
        LocalDate month = month();
        int taken = jdbc.sql("""
                INSERT INTO source_credit (source, month, used) VALUES (:source, :month, 1)
                ON CONFLICT (source, month) DO UPDATE SET used = source_credit.used + 1 WHERE source_credit.used < :monthly
                """)
                .param("source", CoinGeckoSource.NAME)
                .param("month", month)
                .param("monthly", monthly)
                .update();
        if (taken == 0) {
            throw CoinGeckoException.without(
                    Trouble.BUDGET, "the %,d credits of %tY-%<tm are used up.".formatted(monthly, month));
        }
        return month;
    }

    void giveBack(LocalDate month) {
        jdbc.sql("UPDATE source_credit SET used = used - 1 WHERE source = :source AND month = :month AND used > 0")
                .param("source", CoinGeckoSource.NAME)
                .param("month", month)
                .update();
    }

    /** Credits used this month. */
    long used() {
        return jdbc.sql("SELECT used FROM source_credit WHERE source = :source AND month = :month")
                .param("source", CoinGeckoSource.NAME)
                .param("month", month())
                .query(Long.class)
                .optional()
                .orElse(0L);
    }

    long left() {
        return Math.max(0, monthly - used());
    }

    private LocalDate month() {
        return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC).withDayOfMonth(1);
    }
}
