package io.mlpool.ingest.requests;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/**
 * Counts requests to a source by what came of each attempt, also of those that were kept from being sent.
 *
 * @param <T> what may go wrong with one
 */
public final class RequestCounts<T extends Enum<T>> {

    private final Counter answered;
    private final Map<T, Counter> failed;

    /** @param source as metrics name it: {@code mlpool.<source>.requests} */
    public RequestCounts(String source, Class<T> troubles, MeterRegistry meters) {
        answered = counter(source, "ok", meters);
        failed = new EnumMap<>(troubles);
        for (T trouble : troubles.getEnumConstants()) {
            failed.put(trouble, counter(source, trouble.name().toLowerCase(Locale.ROOT), meters));
        }
    }

    public void answered() {
        answered.increment();
    }

    public void failed(T trouble) {
        Objects.requireNonNull(failed.get(trouble)).increment();
    }

    private static Counter counter(String source, String outcome, MeterRegistry meters) {
        return Counter.builder("mlpool.%s.requests".formatted(source))
                .description("Attempts to ask this source by what came of them; budget and resting were not sent")
                .tag("outcome", outcome)
                .register(meters);
    }
}
