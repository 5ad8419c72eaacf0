package io.mlpool.ingest.coingecko;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.mlpool.readings.ReadGauge;

/** How it goes with CoinGecko, over all replicas, for metrics. */
final class CoinGeckoReading {

    private final CoinGecko coinGecko;
    private final ReadGauge failing;
    private final ReadGauge used;
    private final ReadGauge left;

    CoinGeckoReading(CoinGecko coinGecko, MeterRegistry meters) {
        this.coinGecko = coinGecko;
        this.failing = new ReadGauge(meters, "mlpool.coingecko.failing", "", "1 when the last request came to nothing");
        this.used = new ReadGauge(meters, "mlpool.coingecko.credits.used", "", "Credits used in this month, UTC");
        this.left = new ReadGauge(meters, "mlpool.coingecko.credits.left", "", "Credits left in this month, UTC");
        Gauge.builder("mlpool.coingecko.enabled", () -> coinGecko.enabled() ? 1 : 0)
                .description("1 when CoinGecko is asked at all")
                .register(meters);
    }

    void take() {
        CoinGecko.State state = coinGecko.state();
        failing.set(state.failing() ? 1 : 0);
        used.set(state.creditsUsed());
        left.set(state.creditsLeft());
    }
}
