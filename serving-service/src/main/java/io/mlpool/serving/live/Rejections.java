package io.mlpool.serving.live;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Versions that aliases ask for and that are broken: each is left alone for a while, for loading it takes time. */
final class Rejections {

    private final Clock clock;
    private final Duration pause;
    private final Map<Slot, Rejection> bySlot = new ConcurrentHashMap<>();

    Rejections(Clock clock, Duration pause) {
        this.clock = clock;
        this.pause = pause;
    }

    List<Rejection> all() {
        return List.copyOf(bySlot.values());
    }

    void add(Slot slot, int version, String reason) {
        bySlot.put(slot, new Rejection(slot, version, reason, clock.instant()));
    }

    boolean isLeftAlone(Slot slot, int version) {
        Rejection rejection = bySlot.get(slot);
        return rejection != null
                && rejection.version() == version
                && clock.instant().isBefore(rejection.at().plus(pause));
    }

    void forget(Slot slot) {
        bySlot.remove(slot);
    }

    void clear() {
        bySlot.clear();
    }
}
