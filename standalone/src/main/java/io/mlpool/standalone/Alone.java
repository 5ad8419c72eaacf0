package io.mlpool.standalone;

import java.util.function.ToIntFunction;

/** A command that has work done in a pool of its own, where none runs: Ctrl-C and SIGTERM stop that pool, PostgreSQL too. */
final class Alone {

    /** As shells tell of a command that Ctrl-C ended. */
    private static final int INTERRUPTED = 130;

    private Alone() {}

    static int with(PoolHome home, ToIntFunction<Pool> work) {
        try (Interruption interruption = new Interruption()) {
            return with(home, work, interruption);
        }
    }

    private static int with(PoolHome home, ToIntFunction<Pool> work, Interruption interruption) {
        try (Pool pool = Pool.open(home, Ports.free())) {
            return done(pool, work, interruption);
        }
    }

    private static int done(Pool pool, ToIntFunction<Pool> work, Interruption interruption) {
        try {
            return work.applyAsInt(pool);
        } catch (RuntimeException e) {
            if (!interruption.isRequested()) {
                throw e;
            }
            return INTERRUPTED;
        } finally {
            // Stopping the pool waits, and an interrupted thread does not.
            Thread.interrupted();
        }
    }
}
