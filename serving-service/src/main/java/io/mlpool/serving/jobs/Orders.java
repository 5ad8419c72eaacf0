package io.mlpool.serving.jobs;

import com.github.kagkarlsson.scheduler.SchedulerClient;
import io.mlpool.errors.RefusedException;
import io.mlpool.model.Horizon;
import io.mlpool.serving.book.ForecastBook;
import io.mlpool.serving.live.LiveModel;
import io.mlpool.serving.live.LiveModels;
import io.mlpool.serving.prediction.ModelChoice;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.json.JsonMapper;

/** Takes orders for jobs: what is not said is filled in from what is live, and the same order twice is one job. */
final class Orders {

    private static final Duration A_WHILE = Duration.ofSeconds(30);

    private final BatchJobs jobs;
    private final Universe universe;
    private final SchedulerClient scheduler;
    private final TransactionTemplate transactions;
    private final int mostWaiting;
    private final JsonMapper json;
    private final Clock clock;

    Orders(
            BatchJobs jobs,
            Universe universe,
            SchedulerClient scheduler,
            TransactionTemplate transactions,
            int mostWaiting,
            JsonMapper json,
            Clock clock) {
        this.jobs = jobs;
        this.universe = universe;
        this.scheduler = scheduler;
        this.transactions = transactions;
        this.mostWaiting = mostWaiting;
        this.json = json;
        this.clock = clock;
    }

    /** What can be asked for. */
    record Universe(LiveModels live, ForecastBook book) {

        LiveModel champion(@Nullable String interval) {
            return new ModelChoice(live).champion(interval);
        }

        List<String> assets(LiveModel champion) {
            return book.assets(champion.slot());
        }
    }

    /**
     * The job of this request, which is new unless it was asked for before under the same id.
     *
     * @throws RefusedException 409 when the id belongs to another request, 429 when too many jobs wait, 503 without a live model
     */
    BatchJob take(BatchJobRequest request) {
        UUID id = request.id() == null ? UUID.randomUUID() : request.id();
        String asked = json.writeValueAsString(request);
        return jobs.order(id).map(known -> same(known, asked)).orElseGet(() -> add(order(id, asked, request), asked));
    }

    private BatchJob same(BatchJobs.Order known, String asked) {
        if (!known.request().equals(asked)) {
            throw RefusedException.conflict(
                    "job %s was asked for with another request; leave out the id to get a new job"
                            .formatted(known.id()));
        }
        return jobs.find(known.id()).orElseThrow();
    }

    private BatchJob add(BatchJobs.Order order, String asked) {
        if (jobs.unfinished() >= mostWaiting) {
            throw RefusedException.tooMany(
                    "%d jobs are not finished yet, no more are taken on; cancel one or ask again later"
                            .formatted(mostWaiting),
                    A_WHILE);
        }
        transactions.executeWithoutResult(_ -> {
            if (jobs.add(order)) {
                scheduler.scheduleIfNotExists(JobTask.of(order.id()), clock.instant());
            }
        });
        return jobs.order(order.id()).map(known -> same(known, asked)).orElseThrow();
    }

    private BatchJobs.Order order(UUID id, String asked, BatchJobRequest request) {
        LiveModel champion = universe.champion(request.interval());
        List<String> assets = request.assets() == null ? universe.assets(champion) : request.assets();
        if (assets.isEmpty()) {
            throw RefusedException.conflict("there is no forecast of any asset yet, so there is nothing to do");
        }
        return new BatchJobs.Order(
                id,
                request.name() == null ? "" : request.name(),
                asked,
                champion.manifest().features().interval().label(),
                assets,
                horizons(champion, request.horizons()));
    }

    private static List<String> horizons(LiveModel champion, @Nullable List<String> wanted) {
        TreeSet<Horizon> answered = new TreeSet<>(champion.manifest().shape().horizons());
        return wanted == null
                ? answered.stream().map(Horizon::label).toList()
                : wanted.stream()
                        .map(label -> ModelChoice.horizon(label, answered).label())
                        .toList();
    }
}
