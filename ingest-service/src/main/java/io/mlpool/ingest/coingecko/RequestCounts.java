package io.mlpool.ingest.coingecko;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/** Counts requests to CoinGecko by what came of each attempt; those that budget or rest kept from being sent too. */
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
        return Counter.builder("mlpool.coingecko.requests")
                .description("Attempts to ask CoinGecko by what came of them; budget and resting were not sent")
                .tag("outcome", outcome)
                .register(meters);
    }
}
