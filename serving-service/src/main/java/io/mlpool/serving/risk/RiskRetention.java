package io.mlpool.serving.risk;

import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import io.mlpool.serving.retention.Retention;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Removes scores of long ago. Long ago counts from the newest score of the model, as for forecasts. The newest of a champion stays however old it is:
 * it is the asset's score, and without it the same candle would be scored again.
 */
final class RiskRetention {

    private static final Logger LOG = LoggerFactory.getLogger(RiskRetention.class);

    private static final Duration PAUSE = Duration.ofHours(1);

    private final JdbcClient jdbc;
    private final Duration retention;
    private final Clock clock;

    RiskRetention(JdbcClient jdbc, Duration retention, Clock clock) {
        this.jdbc = jdbc;
        this.retention = retention;
        this.clock = clock;
    }

    RecurringTask<Void> task() {
        return Retention.task("risk-retention", PAUSE, this::remove);
    }

    void remove(BooleanSupplier stopped) {
        for (String model : models()) {
            before(model).ifPresent(before -> remove(model, before, stopped));
        }
    }

    /** From one to the next along the index: there are few among many rows. */
    private List<String> models() {
        return jdbc.sql("""
                WITH RECURSIVE found (model) AS (
                  SELECT min(model) FROM risk_score
                  UNION ALL
                  SELECT (SELECT min(model) FROM risk_score WHERE model > found.model) FROM found WHERE found.model IS NOT NULL)
                SELECT model FROM found WHERE model IS NOT NULL
                """).query(String.class).list();
    }

    private Optional<Instant> before(String model) {
        return jdbc.sql("SELECT max(as_of) FROM risk_score WHERE model = :model AND variant = 'champion'")
                .param("model", model)
                .query(Timestamp.class)
                .optional()
                .map(Timestamp::toInstant)
                .map(newest -> Retention.before(newest, retention, clock.instant()));
    }

    private void remove(String model, Instant before, BooleanSupplier stopped) {
        long removed = Retention.inSlices(stopped, most -> scores(model, before, most));
        if (removed > 0) {
            LOG.info("{} scores of {} that are more than {} old were removed", removed, model, retention);
        }
    }

    private int scores(String model, Instant before, int most) {
        return jdbc.sql("""
                DELETE FROM risk_score WHERE ctid = ANY (ARRAY(
                  SELECT old.ctid FROM risk_score old
                  WHERE model = :model AND as_of < :before AND EXISTS (
                    SELECT FROM risk_score newer
                    WHERE newer.asset = old.asset AND newer.model = old.model AND newer.variant = 'champion' AND newer.as_of > old.as_of)
                  LIMIT :most))
                """)
                .param("model", model)
                .param("before", before.atOffset(ZoneOffset.UTC))
                .param("most", most)
                .update();
    }
}
