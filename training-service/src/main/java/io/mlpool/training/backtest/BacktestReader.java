package io.mlpool.training.backtest;

import io.mlpool.errors.ErrorDetail;
import io.mlpool.errors.InvalidRequestException;
import io.mlpool.model.Algorithm;
import io.mlpool.model.Horizon;
import io.mlpool.training.pipeline.TrainingSettings;
import io.mlpool.training.pipeline.TrainingSpec;
import io.mlpool.training.run.RunRequest;
import io.mlpool.training.run.RunRequestReader;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Reads a request and says everything that is wrong with it at once, whatever candles there are. */
final class BacktestReader {

    private static final String MONTHLY = "30d";

    private final RunRequestReader runs;
    private final TrainingSettings settings;

    BacktestReader(RunRequestReader runs, TrainingSettings settings) {
        this.runs = runs;
        this.settings = settings;
    }

    /**
     * The backtest that is asked for.
     *
     * @throws InvalidRequestException when that is not clear
     */
    BacktestSpec read(BacktestRequest request) {
        List<ErrorDetail> problems = new ArrayList<>();
        Optional<TrainingSpec> way = way(request, problems);
        Instant from = attempt(problems, "from", null, () -> given("from", request.from()));
        Instant to = attempt(problems, "to", null, () -> given("to", request.to()));
        String asked = Objects.requireNonNullElse(request.retrain(), MONTHLY);
        Horizon retrain = attempt(problems, "retrain", asked, () -> span(asked));
        Integer learnWindows =
                attempt(problems, "learn_windows", request.learnWindows(), () -> positive(request.learnWindows()));
        if (way.isEmpty() || from == null || to == null || retrain == null || learnWindows == null) {
            throw new InvalidRequestException(problems);
        }
        BacktestSpec spec = attempt(problems, "from", from, () -> spec(way.get(), from, to, retrain, learnWindows));
        if (spec == null) {
            throw new InvalidRequestException(problems);
        }
        return spec;
    }

    private static BacktestSpec spec(TrainingSpec way, Instant from, Instant to, Horizon retrain, int learnWindows) {
        return new BacktestSpec(
                way.runId(),
                way.interval(),
                way.assets(),
                from,
                to,
                retrain,
                way.algorithm(),
                way.seed(),
                way.hyperParameters(),
                learnWindows);
    }

    private int positive(@Nullable Integer learnWindows) {
        int windows = Objects.requireNonNullElse(learnWindows, settings.mostFoldWindows());
        if (windows < 1) {
            throw new IllegalArgumentException("learn_windows must be positive, found " + windows);
        }
        return windows;
    }

    /** What it has in common with a run, which knows what may be wrong with that. */
    private Optional<TrainingSpec> way(BacktestRequest request, List<ErrorDetail> problems) {
        try {
            return Optional.of(runs.read(new RunRequest(
                    request.id(),
                    request.model(),
                    request.interval(),
                    request.assets(),
                    Objects.requireNonNullElse(request.algorithm(), Algorithm.VOLATILITY.label()),
                    false,
                    request.seed(),
                    null,
                    request.hyperParameters(),
                    null)));
        } catch (InvalidRequestException e) {
            problems.addAll(e.details());
            return Optional.empty();
        }
    }

    private static Instant given(String field, @Nullable Instant time) {
        if (time == null) {
            throw new IllegalArgumentException("%s must be given, a time like 2023-01-01T00:00:00Z".formatted(field));
        }
        return time;
    }

    private static Horizon span(String label) {
        try {
            return Horizon.of(label);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "retrain must be written like 12h or 30d, found '%s'".formatted(label), e);
        }
    }

    private static <T> @Nullable T attempt(
            List<ErrorDetail> problems, String field, @Nullable Object input, Supplier<T> reading) {
        try {
            return reading.get();
        } catch (IllegalArgumentException e) {
            problems.add(new ErrorDetail("value_error", List.of("body", field), String.valueOf(e.getMessage()), input));
            return null;
        }
    }
}
