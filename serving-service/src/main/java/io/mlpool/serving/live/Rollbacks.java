package io.mlpool.serving.live;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Reads which versions were rolled back by themselves: watches whose challenger, the version before, was promoted. */
final class Rollbacks {

    private static final Logger LOG = LoggerFactory.getLogger(Rollbacks.class);
    private static final int MOST = 20;

    private final JdbcClient jdbc;

    Rollbacks(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Newest first; null while the database is away, which what is live does not need. */
    @Nullable List<ModelView.Rollback> of(String model) {
        try {
            return jdbc.sql("""
                    SELECT id, control, challenger, ended_at, outcome FROM experiment
                    WHERE model = :model AND kind = 'watch' AND state = 'promoted' ORDER BY ended_at DESC LIMIT :most
                    """)
                    .param("model", model)
                    .param("most", MOST)
                    .query((row, n) -> rollback(row))
                    .list();
        } catch (DataAccessException e) {
            LOG.warn("Nobody knows what was rolled back: {}", e.getMessage());
            return null;
        }
    }

    private static ModelView.Rollback rollback(ResultSet row) throws SQLException {
        return new ModelView.Rollback(
                row.getInt("control"),
                row.getInt("challenger"),
                row.getTimestamp("ended_at").toInstant(),
                row.getString("outcome"),
                row.getString("id"));
    }
}
