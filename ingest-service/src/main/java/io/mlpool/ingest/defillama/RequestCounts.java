package io.mlpool.ingest.defillama;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/** Counts requests to DefiLlama by what came of each attempt. */
final class RequestCounts {

    private final Counter answered;
    private final Map<Trouble, Counter> failed = new EnumMap<>(Trouble.class);

    RequestCounts(MeterRegistry meters) {
        answered = counter(meters, "ok");
        for (Trouble trouble : Trouble.values()) {
            failed.put(trouble, counter(meters, trouble.name().toLowerCase(Locale.ROOT)));
        }
    }

    void answered() {
        answered.increment();
    }

    void failed(Trouble trouble) {
        Objects.requireNonNull(failed.get(trouble)).increment();
    }

    private static Counter counter(MeterRegistry meters, String outcome) {
        return Counter.builder("mlpool.defillama.requests")
                .description("Attempts to ask DefiLlama by what came of them")
                .tag("outcome", outcome)
                .register(meters);
    }
}
