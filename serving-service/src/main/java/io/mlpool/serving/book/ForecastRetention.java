package io.mlpool.serving.book;

import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import io.mlpool.serving.retention.Retention;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Removes forecasts of long ago, and what was added up of them by asset and day; some thousand at a time. Long ago counts from the newest forecast of
 * the model, so that a pool that replays past years keeps what it makes. Sums by outcome time stay: they are few however many the assets, and a
 * correction is learned from all of them.
 */
final class ForecastRetention {

    private static final Logger LOG = LoggerFactory.getLogger(ForecastRetention.class);

    private static final Duration PAUSE = Duration.ofHours(1);

    private final JdbcClient jdbc;
    private final Duration retention;
    private final Clock clock;

    ForecastRetention(JdbcClient jdbc, Duration retention, Clock clock) {
        this.jdbc = jdbc;
        this.retention = retention;
        this.clock = clock;
    }

    RecurringTask<Void> task() {
        return Retention.task("forecast-retention", PAUSE, this::remove);
    }

    void remove(BooleanSupplier stopped) {
        for (String model : jdbc.sql("SELECT DISTINCT model FROM forecast_measure")
                .query(String.class)
                .list()) {
            before(model).ifPresent(before -> remove(model, before, stopped));
        }
    }

    private Optional<Instant> before(String model) {
        return jdbc.sql("SELECT max(as_of) FROM forecast WHERE model = :model")
                .param("model", model)
                .query(Timestamp.class)
                .optional()
                .map(Timestamp::toInstant)
                .map(newest -> Retention.before(newest, retention, clock.instant()));
    }

    private void remove(String model, Instant before, BooleanSupplier stopped) {
        long forecasts = Retention.inSlices(stopped, most -> forecasts(model, before, most));
        Retention.inSlices(stopped, most -> days(model, before, most));
        if (forecasts > 0) {
            LOG.info("{} forecasts of {} that are more than {} old were removed", forecasts, model, retention);
        }
    }

    private int forecasts(String model, Instant before, int most) {
        return jdbc.sql("""
                DELETE FROM forecast WHERE id = ANY (ARRAY(
                  SELECT id FROM forecast WHERE model = :model AND as_of < :before ORDER BY as_of LIMIT :most))
                """)
                .param("model", model)
                .param("before", before.atOffset(ZoneOffset.UTC))
                .param("most", most)
                .update();
    }

    private int days(String model, Instant before, int most) {
        return jdbc.sql("""
                DELETE FROM forecast_day WHERE ctid = ANY (ARRAY(
                  SELECT d.ctid FROM forecast_measure JOIN forecast_day d USING (model, version, horizon)
                  WHERE model = :model AND d.day < :before LIMIT :most))
                """)
                .param("model", model)
                .param("before", before.atOffset(ZoneOffset.UTC).toLocalDate())
                .param("most", most)
                .update();
    }
}
