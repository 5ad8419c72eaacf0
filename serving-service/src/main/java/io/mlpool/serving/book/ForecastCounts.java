package io.mlpool.serving.book;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.mlpool.serving.live.LiveForecaster;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * Counts what this process forecast, stored and scored. Error and coverage are counted when a forecast is scored, which happens once over all
 * replicas: whoever looks divides them by the number scored, over whatever time is of interest.
 */
final class ForecastCounts {

    private final MeterRegistry meters;
    private final Clock clock;
    private final Counter stored;
    private volatile Instant updatedAt;

    ForecastCounts(MeterRegistry meters, Clock clock) {
        this.meters = meters;
        this.clock = clock;
        this.updatedAt = clock.instant();
        this.stored = counter("stored", "Forecasts that this process was the first to store", Tags.empty());
        Gauge.builder(
                        "mlpool.book.age",
                        () -> Duration.between(updatedAt, clock.instant()).toMillis() / 1000.0)
                .description("Time since the forecast book was up to date and stored, or since the start")
                .baseUnit("seconds")
                .register(meters);
    }

    /** Begins the counters of a model at zero: of one that appears with its first value nobody can tell how much it rose. */
    void expect(LiveForecaster model) {
        String alias = model.slot().alias().label();
        made(model, 0);
        model.manifest()
                .shape()
                .horizons()
                .forEach(horizon -> scored(new Scored(model.slot().model(), alias, horizon.label(), 0, 0, 0, 0, 0)));
    }

    void made(LiveForecaster model, int forecasts) {
        Tags tags = Tags.of(
                "model", model.slot().model(), "alias", model.slot().alias().label());
        counter("made", "Forecasts that a live model made for the book", tags).increment(forecasts);
    }

    void stored(int forecasts) {
        stored.increment(forecasts);
    }

    /** What real candles said of forecasts. */
    void scored(Scored scored) {
        Tags tags = Tags.of("model", scored.model(), "alias", scored.alias(), "horizon", scored.horizon());
        counter("scored", "Forecasts whose outcome is known", tags).increment((double) scored.forecasts());
        counter("covered", "Those whose outcome lay between the outer quantiles", tags)
                .increment((double) scored.covered());
        counter("absolute.error", "Sum of their medians' errors as shares of the price", tags)
                .increment(scored.absoluteError());
        counter("naive.error", "The same of the last price", tags).increment(scored.naiveError());
        counter("quantile.loss", "Sum of their quantile losses as shares of the price", tags)
                .increment(scored.quantileLoss());
    }

    /** Everything is up to date, stored and scored. */
    void updated() {
        updatedAt = clock.instant();
    }

    private Counter counter(String what, String description, Tags tags) {
        return Counter.builder("mlpool.forecasts." + what)
                .description(description)
                .tags(tags)
                .register(meters);
    }
}
