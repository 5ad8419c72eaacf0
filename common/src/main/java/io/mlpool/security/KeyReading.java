package io.mlpool.security;

import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/** Reads the keys again and again, on a thread of its own: a revocation must not wait for a model that is being loaded. */
final class KeyReading implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(KeyReading.class);

    private final Supplier<GivenKeys> given;
    private final Supplier<KnownKeys> keys;
    private final SecurityProperties properties;
    private volatile @Nullable ScheduledExecutorService thread;
    private boolean away;

    KeyReading(Supplier<GivenKeys> given, Supplier<KnownKeys> keys, SecurityProperties properties) {
        this.given = given;
        this.keys = keys;
        this.properties = properties;
    }

    @Override
    public boolean isAutoStartup() {
        return properties.asksForKeys();
    }

    /** Before the service listens: nobody who has a key is turned away at first. */
    @Override
    public int getPhase() {
        return 0;
    }

    @Override
    public synchronized void start() {
        given.get().makeKnown();
        KnownKeys read = keys.get();
        read.reread();
        ScheduledExecutorService reading = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().name("keys").daemon().factory());
        Future<?> _ = reading.scheduleWithFixedDelay(
                () -> reread(read),
                properties.reread().toMillis(),
                properties.reread().toMillis(),
                TimeUnit.MILLISECONDS);
        thread = reading;
    }

    /** The database is closed after this. */
    @Override
    public synchronized void stop() {
        ScheduledExecutorService reading = thread;
        thread = null;
        if (reading != null) {
            reading.shutdownNow();
            reading.close();
        }
    }

    @Override
    public boolean isRunning() {
        return thread != null;
    }

    /** A trouble is told when it begins and when it ends. */
    private void reread(KnownKeys read) {
        try {
            read.reread();
            if (away) {
                LOG.info("Keys are read again");
            }
            away = false;
        } catch (RuntimeException e) {
            if (!away && isRunning()) {
                LOG.warn("Keys cannot be read, those known before hold until they can: {}", e.getMessage());
            }
            away = true;
        }
    }
}
