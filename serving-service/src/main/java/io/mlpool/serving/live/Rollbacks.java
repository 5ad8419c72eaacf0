package io.mlpool.serving.live;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Reads which versions were rolled back by themselves: watches whose challenger, the version before, was promoted. */
final class Rollbacks {

    private static final Logger LOG = LoggerFactory.getLogger(Rollbacks.class);
    private static final int MOST = 20;

    private final JdbcClient jdbc;

    Rollbacks(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Of each model the newest first, nothing of one without; null while the database is away, which what is live does not need. */
    @Nullable Map<String, List<ModelView.Rollback>> of(Collection<String> models) {
        try {
            Map<String, List<ModelView.Rollback>> rollbacks = new HashMap<>();
            jdbc.sql("""
                    SELECT wanted.name, watch.* FROM unnest(:models::text[]) AS wanted (name)
                    CROSS JOIN LATERAL
                      (SELECT id, control, challenger, ended_at, outcome FROM experiment
                       WHERE model = wanted.name AND kind = 'watch' AND state = 'promoted' ORDER BY ended_at DESC LIMIT :most) watch
                    ORDER BY watch.ended_at DESC
                    """)
                    .param("models", models.toArray(String[]::new))
                    .param("most", MOST)
                    .query((RowCallbackHandler) row -> rollbacks
                            .computeIfAbsent(row.getString("name"), name -> new ArrayList<>())
                            .add(rollback(row)));
            return rollbacks;
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
