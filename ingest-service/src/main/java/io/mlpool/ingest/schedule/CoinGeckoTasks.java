package io.mlpool.ingest.schedule;

import com.github.kagkarlsson.scheduler.SchedulerClient;
import com.github.kagkarlsson.scheduler.SchedulerClient.ScheduleOptions;
import com.github.kagkarlsson.scheduler.exceptions.TaskInstanceCurrentlyExecutingException;
import com.github.kagkarlsson.scheduler.task.CompletionHandler;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import com.github.kagkarlsson.scheduler.task.helper.CustomTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import io.mlpool.ingest.coingecko.CoinGecko;
import io.mlpool.ingest.coingecko.CoinGeckoException;
import io.mlpool.ingest.coingecko.Trouble;
import io.mlpool.market.Interval;
import io.mlpool.market.SeriesKey;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One task instance for each followed asset and one for the list of assets. db-scheduler hands an instance to one replica at a
 * time, and to another one when that dies.
 */
final class CoinGeckoTasks {

    static final String CANDLES = "coingecko-candles";
    static final String ASSETS = "coingecko-assets";

    private static final Logger log = LoggerFactory.getLogger(CoinGeckoTasks.class);
    private static final String ALL = "all";
    /** The price nearest to the full hour is told within some minutes after it. */
    private static final Duration AFTER_THE_HOUR = Duration.ofMinutes(7);

    private static final Duration LATE_CANDLE = Duration.ofMinutes(20);
    private static final Duration AFTER_TROUBLE = Duration.ofMinutes(15);
    private static final Duration DAY = Duration.ofDays(1);
    /** The last day is complete at 00:35 UTC. */
    private static final Duration AFTER_MIDNIGHT = Duration.ofMinutes(40);

    private final CoinGecko coinGecko;
    private final FollowedAssets followed;
    private final Clock clock;

    CoinGeckoTasks(CoinGecko coinGecko, FollowedAssets followed, Clock clock) {
        this.coinGecko = coinGecko;
        this.followed = followed;
        this.clock = clock;
    }

    /** Keeps the candles of the asset that the instance is called after. */
    CustomTask<Void> candles() {
        return Tasks.custom(CANDLES, Void.class)
                .onFailure((done, next) -> next.reschedule(done, clock.instant().plus(AFTER_TROUBLE)))
                .onDeadExecution((dead, next) -> next.reschedule(dead, clock.instant()))
                .execute((instance, context) -> keepComplete(instance.getId()));
    }

    /** Keeps the list of assets. */
    CustomTask<Void> assets() {
        return Tasks.custom(ASSETS, Void.class)
                .onFailure((done, next) -> next.reschedule(done, clock.instant().plus(AFTER_TROUBLE)))
                .onDeadExecution((dead, next) -> next.reschedule(dead, clock.instant()))
                .execute((instance, context) -> {
                    Instant next = next(() -> {
                        coinGecko.refreshAssets(followed.assets());
                        return nextMidnight();
                    });
                    return (done, operations) -> operations.reschedule(done, next);
                });
    }

    /**
     * Starts everything now; what is complete asks for nothing, and what is just running goes on.
     *
     * @return how many instances were not running
     */
    int start(SchedulerClient scheduler) {
        int started = start(scheduler, assets().instance(ALL));
        for (String asset : followed.assets()) {
            started += start(scheduler, candles().instance(asset));
        }
        return started;
    }

    private int start(SchedulerClient scheduler, TaskInstance<Void> instance) {
        try {
            scheduler.schedule(instance, clock.instant(), ScheduleOptions.WHEN_EXISTS_RESCHEDULE);
            return 1;
        } catch (TaskInstanceCurrentlyExecutingException e) {
            return 0;
        }
    }

    private CompletionHandler<Void> keepComplete(String asset) {
        if (!followed.contains(asset)) {
            log.info("{} is not followed any more, its candles stay as they are.", asset);
            return (done, operations) -> operations.stop();
        }
        Instant next = next(() -> coinGecko.complete(SeriesKey.usd(asset, Interval.ONE_HOUR)) ? nextHour() : late());
        return (done, operations) -> operations.reschedule(done, next);
    }

    private Instant next(Supplier<Instant> work) {
        try {
            return work.get();
        } catch (CoinGeckoException e) {
            Instant next = after(e);
            log.warn("Nothing new from CoinGecko, next attempt at {}. {}", next, e.getMessage());
            return next;
        }
    }

    private Instant after(CoinGeckoException e) {
        Instant now = clock.instant();
        if (e.trouble() == Trouble.BUDGET) {
            return nextMidnight();
        }
        return now.plus(e.retryAfter().orElse(e.trouble().passes() ? AFTER_TROUBLE : DAY));
    }

    private Instant nextHour() {
        Instant hour = Interval.ONE_HOUR.floor(clock.instant());
        return hour.plus(Interval.ONE_HOUR.duration()).plus(AFTER_THE_HOUR);
    }

    private Instant late() {
        Instant soon = clock.instant().plus(LATE_CANDLE);
        return soon.isBefore(nextHour()) ? soon : nextHour();
    }

    private Instant nextMidnight() {
        return Interval.ONE_DAY.floor(clock.instant()).plus(DAY).plus(AFTER_MIDNIGHT);
    }
}
