package io.mlpool.training.run;

import io.mlpool.errors.ErrorDetail;
import io.mlpool.errors.InvalidRequestException;
import io.mlpool.market.Interval;
import io.mlpool.market.SeriesKey;
import io.mlpool.model.Algorithm;
import io.mlpool.training.pipeline.TrainingSettings;
import io.mlpool.training.pipeline.TrainingSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Reads a request and says everything that is wrong with it at once. */
final class RunRequestReader {

    private static final String PREFIX = "price-";

    private final TrainingSettings settings;

    RunRequestReader(TrainingSettings settings) {
        this.settings = settings;
    }

    /**
     * What the run is to do.
     *
     * @throws InvalidRequestException when that is not clear
     */
    TrainingSpec read(RunRequest request) {
        List<ErrorDetail> problems = new ArrayList<>();
        Interval interval = attempt(problems, "interval", request.interval(), () -> interval(request));
        Algorithm algorithm = attempt(problems, "algorithm", request.algorithm(), () -> algorithm(request.algorithm()));
        List<String> assets = Objects.requireNonNullElse(request.assets(), List.of());
        for (int i = 0; i < assets.size(); i++) {
            String asset = assets.get(i);
            attempt(problems, List.of("body", "assets", i), asset, () -> asset(asset));
        }
        String id = Objects.requireNonNullElseGet(
                request.id(), () -> UUID.randomUUID().toString());
        if (interval == null || algorithm == null || !problems.isEmpty()) {
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
                        Objects.requireNonNullElse(request.seed(), 1L)));
        if (spec == null) {
            throw new InvalidRequestException(problems);
        }
        return spec;
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

    private static Algorithm algorithm(@Nullable String label) {
        String wanted = Objects.requireNonNullElse(label, Algorithm.LSTM.label());
        return Arrays.stream(Algorithm.values())
                .filter(algorithm -> algorithm.label().equals(wanted))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("unknown algorithm '%s', known are %s"
                        .formatted(
                                wanted,
                                Arrays.stream(Algorithm.values())
                                        .map(Algorithm::label)
                                        .toList())));
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
