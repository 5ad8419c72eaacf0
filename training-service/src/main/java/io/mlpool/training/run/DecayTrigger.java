package io.mlpool.training.run;

import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.Schedules;
import io.mlpool.market.Interval;
import io.mlpool.training.pipeline.TrainingSpec;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Starts runs when something speaks against the champion, which serving finds and writes down. Each finding is answered once: the run that answers it
 * is what is remembered. Whether the new model is better is for the gate.
 */
final class DecayTrigger {

    private final TriggerProperties properties;
    private final TriggeredRuns runs;
    private final JdbcClient jdbc;
    private final Clock clock;

    DecayTrigger(TriggerProperties properties, TriggeredRuns runs, JdbcClient jdbc, Clock clock) {
        this.properties = properties;
        this.runs = runs;
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** On one replica at a time. */
    RecurringTask<Void> task() {
        return Tasks.recurring("training-on-decay", Schedules.fixedDelay(properties.look()))
                .execute((instance, context) -> properties.ofIntervals().forEach(this::look));
    }

    /**
     * What cannot be answered now, because a run is on its way or was of late, is answered later if it still stands; not of a version that another one
     * has followed by then, until serving looks again.
     */
    void look(Interval interval) {
        if (!runs.isBusy(interval)) {
            unanswered(interval).ifPresent(cause -> runs.start(interval, cause));
        }
    }

    private Optional<Cause> unanswered(Interval interval) {
        Instant now = clock.instant();
        return jdbc.sql("""
                SELECT kind FROM model_decay d
                WHERE d.model = :model AND d.ended_at IS NULL AND d.kind = ANY (:kinds)
                  AND NOT EXISTS (SELECT FROM training_run r WHERE r.model = d.model AND r.cause = d.kind AND r.created_at >= d.found_at
                                  AND r.state NOT IN ('failed', 'cancelled'))
                  AND NOT EXISTS (SELECT FROM model_champion c WHERE c.model = d.model AND c.version <> d.version)
                  AND NOT EXISTS (SELECT FROM training_run r
                                  WHERE r.model = d.model AND r.cause IN ('drift', 'loss_of_skill') AND r.created_at > :lately)
                ORDER BY d.found_at LIMIT 1
                """)
                .param("model", TrainingSpec.modelOf(interval))
                .param("kinds", properties.decays().stream().map(Cause::label).toArray(String[]::new))
                .param("lately", now.minus(properties.quiet()).atOffset(ZoneOffset.UTC))
                .query((row, n) -> Cause.of(row.getString("kind")))
                .optional();
    }
}
