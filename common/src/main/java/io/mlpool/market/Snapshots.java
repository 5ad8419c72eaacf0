package io.mlpool.market;

import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Reads many rows as of one moment: what is imported meanwhile stays out, and rows are streamed, while outside of a transaction
 * PostgreSQL's driver holds all of an answer in memory.
 */
public final class Snapshots {

    private Snapshots() {}

    /** A read-only transaction of repeatable reads. */
    public static TransactionTemplate of(PlatformTransactionManager transactions) {
        TransactionTemplate snapshot = new TransactionTemplate(transactions);
        snapshot.setReadOnly(true);
        snapshot.setIsolationLevel(TransactionDefinition.ISOLATION_REPEATABLE_READ);
        return snapshot;
    }
}
