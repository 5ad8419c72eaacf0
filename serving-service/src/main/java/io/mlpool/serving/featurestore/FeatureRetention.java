package io.mlpool.serving.featurestore;

import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import io.mlpool.serving.market.MarketTime;
import io.mlpool.serving.retention.Retention;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.Gatherers;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Removes values of long before the newest candle, those of a view that has been computed otherwise for as long, and views that nothing is
 * left of; some series at a time, each in a transaction.
 */
final class FeatureRetention {

    private static final Logger LOG = LoggerFactory.getLogger(FeatureRetention.class);

    private static final Duration PAUSE = Duration.ofHours(1);
    private static final int MOST_SERIES = 500;

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final Duration retention;
    private final MarketTime time;
    private final Clock clock;

    FeatureRetention(
            JdbcClient jdbc, TransactionTemplate transaction, Duration retention, MarketTime time, Clock clock) {
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.retention = retention;
        this.time = time;
        this.clock = clock;
    }

    RecurringTask<Void> task() {
        return Retention.task("feature-retention", PAUSE, this::remove);
    }

    void remove(BooleanSupplier stopped) {
        Instant before = time.now().minus(retention);
        long removed = 0;
        for (View view : views()) {
            for (List<Integer> some : slices(view.id())) {
                if (!stopped.getAsBoolean()) {
                    removed += remove(view.id(), some, view.replaced() ? clock.instant() : before);
                }
            }
        }
        removeEmpty();
        if (removed > 0) {
            LOG.info(
                    "{} rows of features that are more than {} older than the newest candle were removed",
                    removed,
                    retention);
        }
    }

    /** @param replaced whether another view has its name, and was in use when it itself had not been for long */
    private record View(int id, boolean replaced) {}

    private List<View> views() {
        return jdbc.sql("""
                SELECT v.id, EXISTS (
                  SELECT FROM feature_view other
                  WHERE other.name = v.name AND other.used_at > v.used_at + make_interval(secs => :retention)) AS replaced
                FROM feature_view v
                """)
                .param("retention", (double) retention.toSeconds())
                .query(View.class)
                .list();
    }

    private List<List<Integer>> slices(int view) {
        List<Integer> series = jdbc.sql(
                        "SELECT s.id FROM series s JOIN feature_view v ON v.interval = s.interval WHERE v.id = :view")
                .param("view", view)
                .query(Integer.class)
                .list();
        return Stream.concat(Stream.of(0), series.stream())
                .gather(Gatherers.windowFixed(MOST_SERIES))
                .toList();
    }

    private int remove(int view, List<Integer> series, Instant before) {
        Integer removed = transaction.execute(status -> {
            int rows = jdbc.sql(
                            "DELETE FROM feature_value WHERE view_id = :view AND series_id = ANY(:series) AND event_time < :before")
                    .param("view", view)
                    .param("series", series.toArray(Integer[]::new))
                    .param("before", before.atOffset(ZoneOffset.UTC))
                    .update();
            if (rows > 0) {
                jdbc.sql("UPDATE feature_view SET row_count = row_count - :rows WHERE id = :view")
                        .param("rows", rows)
                        .param("view", view)
                        .update();
            }
            return rows;
        });
        return removed == null ? 0 : removed;
    }

    /** A view that another build computed and that has no values any more. */
    private void removeEmpty() {
        jdbc.sql("""
                WITH gone AS (SELECT id FROM feature_view WHERE row_count = 0 AND used_at < :unused FOR UPDATE SKIP LOCKED),
                  waiting AS (DELETE FROM feature_pending WHERE view_id IN (SELECT id FROM gone))
                DELETE FROM feature_view WHERE id IN (SELECT id FROM gone)
                """)
                .param("unused", clock.instant().minus(ViewRegister.UNUSED).atOffset(ZoneOffset.UTC))
                .update();
    }
}
