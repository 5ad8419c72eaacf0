package io.mlpool.training.backtest;

import com.github.kagkarlsson.scheduler.SchedulerClient;
import io.mlpool.errors.RefusedException;
import io.mlpool.market.CandleStore;
import io.mlpool.training.pipeline.TrainingSettings;
import io.mlpool.training.report.BacktestResult;
import java.time.Clock;
import java.time.Duration;
import java.util.function.Consumer;
import org.springframework.transaction.support.TransactionTemplate;

/** Starts, finds and cancels backtests, whichever replica executes them. */
final class Backtests {

    private static final Duration LOOK = Duration.ofMillis(250);

    private final BacktestStore store;
    private final BacktestReader reader;
    private final CandleStore candles;
    private final TrainingSettings settings;
    private final BacktestProperties limits;
    private final SchedulerClient scheduler;
    private final TransactionTemplate transaction;
    private final Clock clock;

    /** @param transaction of the database that {@code scheduler} also takes part in: a backtest and its task appear together */
    Backtests(
            BacktestStore store,
            BacktestReader reader,
            CandleStore candles,
            TrainingSettings settings,
            BacktestProperties limits,
            SchedulerClient scheduler,
            TransactionTemplate transaction,
            Clock clock) {
        this.store = store;
        this.reader = reader;
        this.candles = candles;
        this.settings = settings;
        this.limits = limits;
        this.scheduler = scheduler;
        this.transaction = transaction;
        this.clock = clock;
    }

    /**
     * Queues a backtest. The same request with the same id again gives the one that is there.
     *
     * @throws io.mlpool.errors.InvalidRequestException when the request makes no sense, or the candles do not allow for it
     * @throws RefusedException when the id is that of a backtest with another request
     */
    BacktestView start(BacktestRequest request) {
        BacktestSpec spec = reader.read(request);
        if (store.spec(spec.id()).isEmpty()) {
            HeldHistory.of(candles.summaries(), spec.interval(), settings).require(spec, limits);
            transaction.executeWithoutResult(status -> queue(spec));
        }
        if (store.spec(spec.id())
                .filter(known -> isAskedBy(request, spec, known))
                .isEmpty()) {
            throw RefusedException.conflict(
                    "backtest %s exists and was asked for something else: choose another id".formatted(spec.id()));
        }
        return find(spec.id());
    }

    /** What the service's settings filled in may be something else by now. */
    private static boolean isAskedBy(BacktestRequest request, BacktestSpec spec, BacktestSpec known) {
        return known.equals(request.learnWindows() == null ? spec.learning(known.learnWindows()) : spec);
    }

    private void queue(BacktestSpec spec) {
        if (store.add(spec)) {
            scheduler.scheduleIfNotExists(
                    BacktestTask.BACKTEST.instance(spec.id()).build(), clock.instant());
        }
    }

    /**
     * The backtest of this id.
     *
     * @throws RefusedException when there is none
     */
    BacktestView find(String id) {
        return store.find(id).orElseThrow(() -> unknown(id));
    }

    private static RefusedException unknown(String id) {
        return RefusedException.notFound(
                "there is no backtest '%s'; GET /backtests lists those that are kept".formatted(id));
    }

    /**
     * Tells how far a backtest is, now and whenever that changes, until it is over.
     *
     * @param heard gets it without its result
     * @param idle is called a few times a second meanwhile
     * @throws RefusedException when there is none, or it was removed
     * @throws InterruptedException when the thread is to stop waiting
     */
    void follow(String id, Consumer<BacktestView> heard, Runnable idle) throws InterruptedException {
        BacktestView last = null;
        while (last == null || !last.state().isFinal()) {
            BacktestView now = store.listed(id).orElseThrow(() -> unknown(id));
            if (!now.equals(last)) {
                heard.accept(now);
            } else {
                idle.run();
                Thread.sleep(LOOK);
            }
            last = now;
        }
    }

    /**
     * What a backtest measured.
     *
     * @throws RefusedException when there is none, or it has not succeeded
     */
    BacktestResult result(String id) {
        BacktestView found = find(id);
        return store.result(id).orElseThrow(() -> notYet(found));
    }

    /**
     * Cancels a queued backtest at once, a running one after its epoch.
     *
     * @throws RefusedException when there is none, or it is over
     */
    BacktestView cancel(String id) {
        BacktestView found = find(id);
        if (!store.cancel(id)) {
            throw RefusedException.conflict(
                    "backtest %s has %s already".formatted(id, find(id).state().label()));
        }
        return find(found.id());
    }

    private static RefusedException notYet(BacktestView found) {
        return RefusedException.conflict("backtest %s has told nothing yet, it is %s%s"
                .formatted(found.id(), found.state().label(), found.error() == null ? "" : ": " + found.error()));
    }
}
