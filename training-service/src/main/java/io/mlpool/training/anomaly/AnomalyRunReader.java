package io.mlpool.training.anomaly;

import io.mlpool.errors.ErrorDetail;
import io.mlpool.errors.InvalidRequestException;
import io.mlpool.market.Interval;
import io.mlpool.market.SeriesKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Reads a request and says everything that is wrong with it at once. */
final class AnomalyRunReader {

    private final List<ErrorDetail> problems = new ArrayList<>();

    private AnomalyRunReader() {}

    /**
     * What the run is to do.
     *
     * @throws InvalidRequestException when that is not clear
     */
    static AnomalySpec read(AnomalyRunRequest request) {
        return new AnomalyRunReader().spec(request);
    }

    private AnomalySpec spec(AnomalyRunRequest request) {
        @Nullable Interval interval =
                attempt(List.of("body", "interval"), request.interval(), () -> interval(request.interval()));
        List<String> assets = Objects.requireNonNullElse(request.assets(), List.of());
        for (int i = 0; i < assets.size(); i++) {
            String asset = assets.get(i);
            attempt(List.of("body", "assets", i), asset, () -> SeriesKey.usd(named(asset), Interval.ONE_HOUR));
        }
        String id = Objects.requireNonNullElseGet(
                request.id(), () -> UUID.randomUUID().toString());
        @Nullable AnomalySpec spec = attempt(
                List.of("body", "id"),
                id,
                () -> new AnomalySpec(
                        id,
                        Objects.requireNonNullElse(interval, Interval.ONE_HOUR),
                        problems.isEmpty() ? assets : List.of(),
                        Optional.ofNullable(request.until()),
                        Objects.requireNonNullElse(request.seed(), 1L)));
        if (spec == null || !problems.isEmpty()) {
            throw new InvalidRequestException(problems);
        }
        return spec;
    }

    private static Interval interval(@Nullable String label) {
        if (label == null) {
            throw new IllegalArgumentException("interval must be given: 1h");
        }
        return Interval.of(label);
    }

    private static String named(@Nullable String asset) {
        if (asset == null) {
            throw new IllegalArgumentException("an asset must be named, found null");
        }
        return asset;
    }

    private <T> @Nullable T attempt(List<Object> where, @Nullable Object input, Supplier<T> reading) {
        try {
            return reading.get();
        } catch (IllegalArgumentException e) {
            problems.add(new ErrorDetail("value_error", where, String.valueOf(e.getMessage()), input));
            return null;
        }
    }
}
