package io.mlpool.serving.drift;

import io.mlpool.serving.forecast.Forecast;
import io.mlpool.serving.forecast.Watched;
import java.time.Instant;
import java.util.Comparator;

/** A forecast that is stored for the first time, with what is watched of it. */
public record Sighting(Forecast forecast, Watched watched) {

    /** Which sums it is added to; in an order, so that replicas take the same one. */
    record Sums(String model, int version, Instant asOf) implements Comparable<Sums> {

        private static final Comparator<Sums> ORDER =
                Comparator.comparing(Sums::model).thenComparing(Sums::version).thenComparing(Sums::asOf);

        @Override
        public int compareTo(Sums other) {
            return ORDER.compare(this, other);
        }
    }

    Sums sums() {
        return new Sums(forecast.model().name(), forecast.model().version(), forecast.asOf());
    }
}
