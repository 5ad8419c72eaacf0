package io.mlpool.serving.jobs;

import com.github.kagkarlsson.scheduler.SchedulerClient;
import io.mlpool.errors.ErrorDetail;
import io.mlpool.errors.InvalidRequestException;
import io.mlpool.errors.RefusedException;
import io.mlpool.model.Horizon;
import io.mlpool.serving.live.LiveForecaster;
import io.mlpool.serving.market.RecentCandles;
import io.mlpool.serving.prediction.ModelChoice;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.json.JsonMapper;

/** Takes jobs, tells how they stand, cancels them, whichever replica carries them out. */
final class Jobs {

    private static final String ALL = "*";
    private static final Duration NEXT_TRY = Duration.ofSeconds(10);

    private final JobStore store;
    private final JobHistory history;
    private final ModelChoice choice;
    private final RecentCandles candles;
    private final SchedulerClient scheduler;
    private final TransactionTemplate transaction;
    private final JobsProperties properties;
    private final JsonMapper json;
    private final Clock clock;

    Jobs(
            JobStore store,
            JobHistory history,
            ModelChoice choice,
            RecentCandles candles,
            SchedulerClient scheduler,
            TransactionTemplate transaction,
            JobsProperties properties,
            JsonMapper json,
            Clock clock) {
        this.store = store;
        this.history = history;
        this.choice = choice;
        this.candles = candles;
        this.scheduler = scheduler;
        this.transaction = transaction;
        this.properties = properties;
        this.json = json;
        this.clock = clock;
    }

    /**
     * Queues a job. The same request with the same id again gives the job that is there, however it stands.
     *
     * @throws InvalidRequestException when the live model does not answer what is asked
     * @throws RefusedException when the id is that of a job with another request, or too many are unfinished
     */
    JobView start(JobRequest request) {
        String text = json.writeValueAsString(request);
        UUID id = request.id() == null ? UUID.randomUUID() : request.id();
        if (store.request(id).isEmpty()) {
            requireRoom();
            Job job = job(id, text, request);
            transaction.executeWithoutResult(status -> {
                if (store.add(job, request.name())) {
                    scheduler.scheduleIfNotExists(JobTask.of(id), clock.instant());
                }
            });
        }
        if (store.request(id).filter(text::equals).isEmpty()) {
            throw RefusedException.conflict(
                    "batch job %s exists and was asked for something else: choose another id".formatted(id));
        }
        return find(id);
    }

    /** @throws RefusedException when there is none with this id */
    JobView find(UUID id) {
        return history.find(id)
                .orElseThrow(() -> RefusedException.notFound(
                        "there is no batch job %s: GET /batch-jobs lists those there are, finished ones for %d days"
                                .formatted(id, properties.retention().toDays())));
    }

    /** Cancels it when it is not over; however often this is asked, the answer is how it stands then. */
    JobView cancel(UUID id) {
        store.end(id, JobState.CANCELLED, null);
        return find(id);
    }

    /** Two that come at the very same moment may both find room: the limit protects the service, it counts nothing out. */
    private void requireRoom() {
        int unfinished = store.unfinished();
        if (unfinished >= properties.unfinished()) {
            throw RefusedException.tooMany(
                    "%d batch jobs are queued or running, which is the limit: ask again when some are finished"
                            .formatted(unfinished),
                    NEXT_TRY);
        }
        if (store.items() >= properties.items()) {
            throw RefusedException.tooMany(
                    "the jobs of the last %d days hold %d items, which is the limit (mlpool.jobs.items): the oldest are removed by and by"
                            .formatted(properties.retention().toDays(), properties.items()),
                    NEXT_TRY);
        }
    }

    private Job job(UUID id, String text, JobRequest request) {
        LiveForecaster champion = choice.champion(request.interval());
        return new Job(
                id,
                text,
                champion.manifest().features().interval().label(),
                horizons(request, champion),
                assets(request, champion));
    }

    /** All that are not answered are named at once. */
    private static List<Horizon> horizons(JobRequest request, LiveForecaster champion) {
        TreeSet<Horizon> answered = new TreeSet<>(champion.manifest().shape().horizons());
        List<String> labels = request.horizons();
        if (labels == null) {
            return List.copyOf(answered);
        }
        Set<Horizon> horizons = new LinkedHashSet<>();
        List<ErrorDetail> wrong = new ArrayList<>();
        for (int i = 0; i < labels.size(); i++) {
            try {
                horizons.add(ModelChoice.horizon(labels.get(i), answered, List.of("body", "horizons", i)));
            } catch (InvalidRequestException e) {
                wrong.addAll(e.details());
            }
        }
        if (!wrong.isEmpty()) {
            throw new InvalidRequestException(wrong);
        }
        return List.copyOf(horizons);
    }

    private List<String> assets(JobRequest request, LiveForecaster champion) {
        Set<String> assets = new LinkedHashSet<>(request.assets());
        if (assets.remove(ALL)) {
            assets.addAll(new TreeSet<>(
                    candles.newestCloses(champion.manifest().features().interval())
                            .keySet()));
        }
        if (assets.isEmpty()) {
            throw RefusedException.conflict("there are no %s candles of any asset yet: GET /assets tells what there is"
                    .formatted(champion.manifest().features().interval()));
        }
        return List.copyOf(assets);
    }
}
