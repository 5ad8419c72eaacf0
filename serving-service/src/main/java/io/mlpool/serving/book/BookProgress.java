package io.mlpool.serving.book;

import io.mlpool.serving.live.LiveForecaster;
import io.mlpool.serving.live.LiveForecasters;
import io.mlpool.serving.live.Slot;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/**
 * Whether the book has its first forecasts: a service that just started is not ready before. Once it was, it stays so: a model
 * that joins later does not take the forecasts of the others away from anybody.
 */
public final class BookProgress implements HealthIndicator {

    private final LiveForecasters live;
    private final Set<Slot> written = ConcurrentHashMap.newKeySet();
    private volatile boolean begun;

    public BookProgress(LiveForecasters live) {
        this.live = live;
    }

    /** Whether each champion of the beginning was asked about all that there was to ask about. */
    public boolean isBegun() {
        if (!begun) {
            begun = !live.champions().isEmpty() && missing().isEmpty();
        }
        return begun;
    }

    /** A model was asked about all that it was to be asked about, which may have been nothing. */
    void wrote(Slot slot) {
        written.add(slot);
    }

    @Override
    public Health health() {
        return isBegun()
                ? Health.up().build()
                : Health.outOfService()
                        .withDetail("waiting_for", missing().toString())
                        .build();
    }

    private List<Slot> missing() {
        return live.champions().stream()
                .map(LiveForecaster::slot)
                .filter(slot -> !written.contains(slot))
                .toList();
    }
}
