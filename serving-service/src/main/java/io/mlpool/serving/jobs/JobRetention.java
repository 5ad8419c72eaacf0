package io.mlpool.serving.jobs;

import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import io.mlpool.serving.retention.Retention;
import java.time.Clock;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Removes jobs that finished long ago, with their results. */
final class JobRetention {

    private static final Logger LOG = LoggerFactory.getLogger(JobRetention.class);

    private static final Duration PAUSE = Duration.ofMinutes(10);

    private final JobStore jobs;
    private final Duration retention;
    private final Clock clock;

    JobRetention(JobStore jobs, Duration retention, Clock clock) {
        this.jobs = jobs;
        this.retention = retention;
        this.clock = clock;
    }

    RecurringTask<Void> task() {
        return Retention.task("batch-job-retention", PAUSE, stopped -> remove());
    }

    void remove() {
        int removed = jobs.remove(clock.instant().minus(retention));
        if (removed > 0) {
            LOG.info("{} batch jobs that finished more than {} ago were removed", removed, retention);
        }
    }
}
