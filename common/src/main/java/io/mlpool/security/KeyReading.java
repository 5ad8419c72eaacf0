package io.mlpool.security;

import io.mlpool.threads.RepeatingThread;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/** Reads the keys again and again, on a thread of its own: a revocation must not wait for a model that is being loaded. */
final class KeyReading implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(KeyReading.class);

    private final Supplier<GivenKeys> given;
    private final Supplier<KnownKeys> keys;
    private final SecurityProperties properties;
    private final RepeatingThread thread = new RepeatingThread("keys");
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
    public void start() {
        given.get().makeKnown();
        KnownKeys read = keys.get();
        read.reread();
        thread.start(() -> reread(read), properties.reread(), properties.reread());
    }

    /** The database is closed after this. */
    @Override
    public void stop() {
        thread.stop();
    }

    @Override
    public boolean isRunning() {
        return thread.isRunning();
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
