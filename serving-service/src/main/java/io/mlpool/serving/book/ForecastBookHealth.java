package io.mlpool.serving.book;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/** Up from the moment the first forecasts of what is live are there: before that a known asset cannot be answered. */
final class ForecastBookHealth implements HealthIndicator {

    private final ForecastBook book;

    ForecastBookHealth(ForecastBook book) {
        this.book = book;
    }

    @Override
    public Health health() {
        return book.isBegun()
                ? Health.up().build()
                : Health.outOfService()
                        .withDetail(
                                "forecasts",
                                "the first ones are made as soon as a model is live and the database answers")
                        .build();
    }
}
