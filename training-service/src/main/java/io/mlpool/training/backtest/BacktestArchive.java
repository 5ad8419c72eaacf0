package io.mlpool.training.backtest;

import io.mlpool.encryption.StoredFolder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What finished backtests leave on disk: of the newest the table and the report, of older ones nothing. */
final class BacktestArchive {

    private static final Logger LOG = LoggerFactory.getLogger(BacktestArchive.class);

    private final BacktestStore store;
    private final StoredFolder storage;
    private final int keep;

    /** @param keep finished backtests that are kept */
    BacktestArchive(BacktestStore store, StoredFolder storage, int keep) {
        this.store = store;
        this.storage = storage;
        this.keep = keep;
    }

    BacktestFolder folder(String id) {
        return BacktestFolder.of(storage, id);
    }

    /** Removes what nobody needs of a backtest that is over, and those that are too old. The row goes last: a kill leaves no orphans. */
    void tidy(String finished) {
        try {
            folder(finished).tidy();
            for (String old : store.old(keep)) {
                folder(old).delete();
                store.remove(old);
            }
        } catch (RuntimeException e) {
            LOG.warn("What backtests left behind could not be tidied up; the next one does it", e);
        }
    }
}
