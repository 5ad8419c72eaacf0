package io.mlpool.ingest.protocols;

import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * What became of facts.
 *
 * @param added first versions
 * @param replaced further versions of what was there
 * @param unchanged known just so
 */
record Written(long added, long replaced, long unchanged) {

    static final Written NOTHING = new Written(0, 0, 0);

    static Written of(ResultSet row) throws SQLException {
        return new Written(row.getLong("added"), row.getLong("replaced"), row.getLong("unchanged"));
    }

    Written and(Written other) {
        return new Written(added + other.added, replaced + other.replaced, unchanged + other.unchanged);
    }

    long rows() {
        return added + replaced;
    }
}
