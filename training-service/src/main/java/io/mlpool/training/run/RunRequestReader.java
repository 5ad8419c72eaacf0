package io.mlpool.training.run;

import io.mlpool.errors.ErrorDetail;
import io.mlpool.errors.InvalidRequestException;
import io.mlpool.market.Interval;
import io.mlpool.market.SeriesKey;
import io.mlpool.model.Algorithm;
import io.mlpool.training.Trainer;
import io.mlpool.training.Trainers;
import io.mlpool.training.pipeline.TrainingSettings;
import io.mlpool.training.pipeline.TrainingSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Reads a request and says everything that is wrong with it at once. */
public final class RunRequestReader {

    private static final String PREFIX = "price-";

    private final TrainingSettings settings;
    private final Trainers trainers;

    public RunRequestReader(TrainingSettings settings, Trainers trainers) {
        this.settings = settings;
        this.trainers = trainers;
    }

    /** Folds that trials are judged on at most: few candles make fewer. */
    public int folds() {
        return settings.folds();
    }

    /**
     * What the run is to do.
     *
     * @throws InvalidRequestException when that is not clear
     */
    public TrainingSpec read(RunRequest request) {
        List<ErrorDetail> problems = new ArrayList<>();
        boolean byModel = request.interval() == null && request.model() != null;
        Interval interval = attempt(
                problems,
                byModel ? "model" : "interval",
                byModel ? request.model() : request.interval(),
                () -> interval(request));
        Algorithm algorithm = attempt(problems, "algorithm", request.algorithm(), () -> algorithm(request.algorithm()));
        List<String> assets = assets(problems, "assets", request.assets());
        List<String> learnFrom = assets(problems, "learn_from", request.learnFrom());
        attempt(problems, "learn_from", learnFrom, () -> TrainingSpec.requireAmong(assets, learnFrom));
        Map<String, Object> given = Objects.requireNonNullElse(request.hyperParameters(), Map.of());
        Map<String, String> hyperParameters =
                attempt(problems, "hyper_parameters", given, () -> hyperParameters(algorithm, given));
        String id = Objects.requireNonNullElseGet(
                request.id(), () -> UUID.randomUUID().toString());
        if (interval == null || algorithm == null || hyperParameters == null || !problems.isEmpty()) {
            throw new InvalidRequestException(problems);
        }
        TrainingSpec spec = attempt(
                problems,
                "id",
                id,
                () -> new TrainingSpec(
                        id,
                        interval,
                        assets,
                        Optional.ofNullable(request.until()),
                        algorithm,
                        Boolean.TRUE.equals(request.fineTune()),
                        Objects.requireNonNullElse(request.seed(), 1L),
                        hyperParameters,
                        learnFrom));
        if (spec == null) {
            throw new InvalidRequestException(problems);
        }
        return spec;
    }

    private static List<String> assets(List<ErrorDetail> problems, String field, @Nullable List<String> named) {
        List<String> assets = Objects.requireNonNullElse(named, List.of());
        for (int i = 0; i < assets.size(); i++) {
            String asset = assets.get(i);
            attempt(problems, List.of("body", field, i), asset, () -> asset(asset));
        }
        return assets;
    }

    private Map<String, String> hyperParameters(@Nullable Algorithm algorithm, Map<String, Object> given) {
        Map<String, String> values = new TreeMap<>();
        given.forEach((name, value) -> {
            if (!(value instanceof Number || value instanceof String)) {
                throw new IllegalArgumentException(
                        "hyper-parameter %s must be a number, found %s".formatted(name, value));
            }
            values.put(name, value.toString());
        });
        if (algorithm != null) {
            trainers.of(algorithm).with(values);
        }
        return values;
    }

    private static String asset(@Nullable String asset) {
        if (asset == null) {
            throw new IllegalArgumentException("an asset must be named, found null");
        }
        return SeriesKey.usd(asset, Interval.ONE_HOUR).asset();
    }

    private Interval interval(RunRequest request) {
        String model = request.model();
        if (model != null && !model.startsWith(PREFIX)) {
            throw new IllegalArgumentException("model must be called price-<interval>, found '%s'".formatted(model));
        }
        String named = model == null ? null : model.substring(PREFIX.length());
        String label = request.interval() == null ? named : request.interval();
        if (label == null) {
            throw new IllegalArgumentException("either model or interval must be given");
        }
        if (named != null && !named.equals(label)) {
            throw new IllegalArgumentException(
                    "model %s and interval %s contradict each other".formatted(model, label));
        }
        Interval interval = Interval.of(label);
        settings.shape(interval);
        return interval;
    }

    private Algorithm algorithm(@Nullable String label) {
        String wanted = Objects.requireNonNullElse(label, Algorithm.LSTM.label());
        List<Algorithm> known =
                trainers.all().stream().map(Trainer::algorithm).sorted().toList();
        return known.stream()
                .filter(algorithm -> algorithm.label().equals(wanted))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("unknown algorithm '%s', known are %s"
                        .formatted(wanted, known.stream().map(Algorithm::label).toList())));
    }

    private static <T> @Nullable T attempt(
            List<ErrorDetail> problems, String field, @Nullable Object input, Supplier<T> reading) {
        return attempt(problems, List.of("body", field), input, reading);
    }

    private static <T> @Nullable T attempt(
            List<ErrorDetail> problems, List<Object> where, @Nullable Object input, Supplier<T> reading) {
        try {
            return reading.get();
        } catch (IllegalArgumentException e) {
            problems.add(new ErrorDetail("value_error", where, String.valueOf(e.getMessage()), input));
            return null;
        }
    }
}
