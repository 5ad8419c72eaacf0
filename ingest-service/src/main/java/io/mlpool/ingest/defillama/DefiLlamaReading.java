package io.mlpool.ingest.defillama;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.mlpool.readings.ReadGauge;

/** How it goes with DefiLlama, over all replicas, for metrics. */
final class DefiLlamaReading {

    private final DefiLlama defiLlama;
    private final ReadGauge failing;

    DefiLlamaReading(DefiLlama defiLlama, MeterRegistry meters) {
        this.defiLlama = defiLlama;
        this.failing = new ReadGauge(meters, "mlpool.defillama.failing", "", "1 when the last request came to nothing");
        Gauge.builder("mlpool.defillama.enabled", () -> defiLlama.enabled() ? 1 : 0)
                .description("1 when DefiLlama is asked at all")
                .register(meters);
    }

    void take() {
        failing.set(defiLlama.state().failing() ? 1 : 0);
    }
}
