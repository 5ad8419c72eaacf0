package io.mlpool.serving.load;

import java.util.concurrent.atomic.AtomicInteger;

/** A room with places: who finds none is turned away at once instead of queueing up outside. */
public final class Room {

    private final int places;
    private final AtomicInteger taken = new AtomicInteger();

    /** @param places at least 1 */
    public Room(int places) {
        if (places < 1) {
            throw new IllegalArgumentException("a room has at least one place, found " + places);
        }
        this.places = places;
    }

    /** Takes a place; false when there is none. Who got one calls {@link #leave} once. */
    public boolean enter() {
        if (taken.incrementAndGet() <= places) {
            return true;
        }
        taken.decrementAndGet();
        return false;
    }

    /** Gives a place back. */
    public void leave() {
        taken.decrementAndGet();
    }

    public int places() {
        return places;
    }

    /** Places taken now. */
    public int taken() {
        return taken.get();
    }
}
