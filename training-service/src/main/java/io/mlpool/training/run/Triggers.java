package io.mlpool.training.run;

import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.Schedules;
import io.mlpool.market.Interval;
import io.mlpool.market.SeriesKey;
import io.mlpool.training.pipeline.TrainingSpec;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Starts runs when it is time, and when enough candles came in since the last one; on one replica, by recurring tasks. */
final class Triggers {

    private final TriggerProperties properties;
    private final TriggeredRuns runs;
    private final JdbcClient jdbc;
    private final Map<Interval, Long> lastCount = new ConcurrentHashMap<>();

    Triggers(TriggerProperties properties, TriggeredRuns runs, JdbcClient jdbc) {
        this.properties = properties;
        this.runs = runs;
        this.jdbc = jdbc;
    }

    RecurringTask<Void> schedule() {
        return Tasks.recurring("training-schedule", Schedules.cron(properties.schedule(), ZoneOffset.UTC))
                .execute((instance, context) -> properties.ofIntervals().forEach(interval -> {
                    if (!runs.isBusy(interval) && newCandles(interval) > 0) {
                        runs.start(interval, Cause.SCHEDULE);
                    }
                }));
    }

    RecurringTask<Void> newCandles() {
        return Tasks.recurring("training-new-candles", Schedules.fixedDelay(properties.look()))
                .execute((instance, context) -> properties.ofIntervals().forEach(this::look));
    }

    /** An import brings candles by the thousand: a run starts only when their number has come to rest. */
    void look(Interval interval) {
        long count = runs.isBusy(interval) ? 0 : newCandles(interval);
        Long before = lastCount.put(interval, count);
        if (properties.newCandles() > 0 && count >= properties.newCandles() && before != null && before == count) {
            runs.start(interval, Cause.NEW_CANDLES);
        }
    }

    /** A run that ended before it could read any candles has no watermark: it would be started again and again. */
    private long newCandles(Interval interval) {
        return jdbc.sql("""
                SELECT count(*) FROM candle c JOIN series s ON s.id = c.series_id
                WHERE s.interval = :interval AND s.vs_currency = :vs AND c.finished AND c.open_time >= :watermark
                  AND c.ingested_at > coalesce(
                    (SELECT max(created_at) FROM training_run
                     WHERE model = :model AND trial IS NULL
                       AND state IN ('failed', 'cancelled') AND snapshot IS NULL), '-infinity')
                """)
                .param("model", TrainingSpec.modelOf(interval))
                .param("interval", interval.label())
                .param("vs", SeriesKey.USD)
                .param("watermark", watermark(interval))
                .query(Long.class)
                .single();
    }

    /** Close time of the newest candle that a run of the model has read, whatever became of the run; trials make no model. */
    private OffsetDateTime watermark(Interval interval) {
        return jdbc.sql("""
                SELECT max((snapshot ->> 'watermark')::timestamptz) AS watermark
                FROM training_run WHERE model = :model AND trial IS NULL
                """)
                .param("model", TrainingSpec.modelOf(interval))
                .query((row, n) -> row.getTimestamp("watermark") == null
                        ? Instant.EPOCH
                        : row.getTimestamp("watermark").toInstant())
                .single()
                .atOffset(ZoneOffset.UTC);
    }
}
