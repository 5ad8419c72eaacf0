package io.mlpool.ingest.schedule;

import com.github.kagkarlsson.scheduler.SchedulerClient;
import com.github.kagkarlsson.scheduler.SchedulerClient.ScheduleOptions;
import com.github.kagkarlsson.scheduler.exceptions.TaskInstanceCurrentlyExecutingException;
import com.github.kagkarlsson.scheduler.task.helper.CustomTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import io.mlpool.ingest.defillama.DefiLlama;
import io.mlpool.ingest.defillama.DefiLlamaException;
import io.mlpool.market.Interval;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Once a day the list of protocols, the incidents, and then the histories of those that are followed. */
final class DefiLlamaTasks {

    static final String PROTOCOLS = "defillama-protocols";
    static final String INCIDENTS = "defillama-incidents";
    static final String HISTORIES = "defillama-histories";

    private static final Logger log = LoggerFactory.getLogger(DefiLlamaTasks.class);
    private static final String ALL = "all";
    private static final Duration AFTER_TROUBLE = Duration.ofMinutes(15);
    private static final Duration DAY = Duration.ofDays(1);

    /** The figures of a day are there within the hour after it. */
    private static final Duration LISTS_AFTER_MIDNIGHT = Duration.ofMinutes(70);

    /** Later than the list, which tells whose they are. */
    private static final Duration HISTORIES_LATER = Duration.ofMinutes(5);

    private final DefiLlama defiLlama;
    private final Clock clock;

    DefiLlamaTasks(DefiLlama defiLlama, Clock clock) {
        this.defiLlama = defiLlama;
        this.clock = clock;
    }

    CustomTask<Void> protocols() {
        return daily(PROTOCOLS, LISTS_AFTER_MIDNIGHT, defiLlama::refreshProtocols);
    }

    CustomTask<Void> incidents() {
        return daily(INCIDENTS, LISTS_AFTER_MIDNIGHT, defiLlama::refreshIncidents);
    }

    CustomTask<Void> histories() {
        return daily(HISTORIES, LISTS_AFTER_MIDNIGHT.plus(HISTORIES_LATER), defiLlama::refreshHistories);
    }

    /** Starts what was never started; what has its time keeps it, for all was asked within a day. */
    void startMissing(SchedulerClient scheduler) {
        Instant now = clock.instant();
        scheduler.scheduleIfNotExists(protocols().instance(ALL), now);
        scheduler.scheduleIfNotExists(incidents().instance(ALL), now);
        scheduler.scheduleIfNotExists(histories().instance(ALL), now.plus(HISTORIES_LATER));
    }

    /**
     * Starts everything now; histories that were read today are not read again.
     *
     * @return how many tasks were not running
     */
    int start(SchedulerClient scheduler) {
        int started = 0;
        for (CustomTask<Void> task : List.of(protocols(), incidents(), histories())) {
            try {
                scheduler.schedule(task.instance(ALL), clock.instant(), ScheduleOptions.WHEN_EXISTS_RESCHEDULE);
                started++;
            } catch (TaskInstanceCurrentlyExecutingException e) {
                log.info("{} is running already.", task.getName());
            }
        }
        return started;
    }

    private CustomTask<Void> daily(String name, Duration afterMidnight, Runnable work) {
        return Tasks.custom(name, Void.class)
                .onFailure((done, next) -> next.reschedule(done, clock.instant().plus(AFTER_TROUBLE)))
                .onDeadExecution((dead, next) -> next.reschedule(dead, clock.instant()))
                .execute((instance, context) -> {
                    Instant next = next(work, afterMidnight);
                    return (done, operations) -> operations.reschedule(done, next);
                });
    }

    private Instant next(Runnable work, Duration afterMidnight) {
        Instant tomorrow = Interval.ONE_DAY.floor(clock.instant()).plus(DAY).plus(afterMidnight);
        try {
            work.run();
            return tomorrow;
        } catch (DefiLlamaException e) {
            Instant next =
                    e.trouble().passes() ? clock.instant().plus(e.retryAfter().orElse(AFTER_TROUBLE)) : tomorrow;
            log.warn("Nothing new from DefiLlama, next attempt at {}. {}", next, e.getMessage());
            return next;
        }
    }
}
