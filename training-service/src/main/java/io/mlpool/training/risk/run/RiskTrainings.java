package io.mlpool.training.risk.run;

import com.github.kagkarlsson.scheduler.SchedulerClient;
import io.mlpool.errors.ErrorDetail;
import io.mlpool.errors.InvalidRequestException;
import io.mlpool.errors.RefusedException;
import io.mlpool.training.risk.fit.RiskSettings;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.support.TransactionTemplate;

/** Starts and finds runs, whichever replica executes them. */
final class RiskTrainings {

    private static final Pattern ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,63}");

    private final RiskRuns runs;
    private final RiskSettings settings;
    private final SchedulerClient scheduler;
    private final TransactionTemplate transaction;
    private final Clock clock;

    /** @param transaction of the database that {@code scheduler} also takes part in: a run and its task appear together */
    RiskTrainings(
            RiskRuns runs,
            RiskSettings settings,
            SchedulerClient scheduler,
            TransactionTemplate transaction,
            Clock clock) {
        this.runs = runs;
        this.settings = settings;
        this.scheduler = scheduler;
        this.transaction = transaction;
        this.clock = clock;
    }

    /**
     * Queues a run. The same request with the same id again gives the run that is there.
     *
     * @throws InvalidRequestException when the request makes no sense
     * @throws RefusedException when the id is that of another run, or a run of the model is not over
     */
    RiskRunView start(RiskRunRequest request) {
        check(request);
        String model = Objects.requireNonNull(request.model());
        String id = Objects.requireNonNullElseGet(
                request.id(), () -> UUID.randomUUID().toString());
        long seed = Objects.requireNonNullElse(request.seed(), 1L);
        queue(id, model, "request", seed);
        RiskRunView run = runs.find(id).orElseThrow(() -> busy(model));
        if (!run.model().equals(model) || run.seed() != seed) {
            throw RefusedException.conflict(
                    "run %s exists and was asked for something else: choose another id".formatted(id));
        }
        return run;
    }

    /** Queues a run of each model that has none under way. */
    void startAll() {
        settings.models().forEach(model -> queue(UUID.randomUUID().toString(), model, "schedule", 1));
    }

    RiskRunView find(String id) {
        return runs.find(id)
                .orElseThrow(() -> RefusedException.notFound("there is no run '%s' of a model of risk".formatted(id)));
    }

    private void queue(String id, String model, String cause, long seed) {
        transaction.executeWithoutResult(status -> {
            if (runs.add(id, model, cause, seed)) {
                scheduler.scheduleIfNotExists(RiskRunTask.RUN.instance(id).build(), clock.instant());
            }
        });
    }

    private RefusedException busy(String model) {
        return RefusedException.conflict(runs.open(model)
                .map(open -> "run %s of %s is not over: wait for it".formatted(open.id(), model))
                .orElseGet(() -> "another run of %s has just ended: try again".formatted(model)));
    }

    private void check(RiskRunRequest request) {
        List<ErrorDetail> problems = new ArrayList<>();
        if (request.id() != null && !ID.matcher(request.id()).matches()) {
            problems.add(problem("id", "must be 1 to 64 letters, digits, _ and -", request.id()));
        }
        if (request.model() == null || !settings.models().contains(request.model())) {
            problems.add(problem("model", "must be one of " + settings.models(), request.model()));
        }
        if (!problems.isEmpty()) {
            throw new InvalidRequestException(problems);
        }
    }

    private static ErrorDetail problem(String field, String rule, @Nullable Object input) {
        return new ErrorDetail("value_error", List.of("body", field), "%s %s".formatted(field, rule), input);
    }
}
