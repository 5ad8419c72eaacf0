package io.mlpool.audit;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/**
 * Brings what happened into the log: deeds at once, counted uses every few seconds and when the service ends. While the database is
 * away both are kept, and written when it is back.
 */
final class AuditKeeping implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(AuditKeeping.class);

    /** Deeds that wait for the database; nearly all need it themselves, so only an attack brings about more. */
    private static final int MOST_WAITING = 10_000;

    private final AuditLog log;
    private final String service;
    private final Duration interval;
    private final Uses uses = new Uses();
    private final Deque<AuditRecord> waiting = new ConcurrentLinkedDeque<>();
    private final AtomicInteger waitingCount = new AtomicInteger();
    private volatile boolean running;
    private volatile boolean away;

    AuditKeeping(AuditLog log, String service, Duration interval) {
        this.log = log;
        this.service = service;
        this.interval = interval;
    }

    /** Something was changed, or tried to be; in the log when this returns, if the database is there. */
    void deed(AuditRecord record) {
        if (waitingCount.get() >= MOST_WAITING) {
            LOG.error("The audit log lost an entry, {} wait for the database already: {}", MOST_WAITING, record);
            return;
        }
        add(record);
        if (!away) { // nobody waits for a database that others found away
            write();
        }
    }

    /** One more request of a kind that is counted. */
    void use(Uses.Use use, Instant at) {
        uses.count(use, at);
    }

    /** Writes what waits, then what was counted; while that cannot be, what is counted goes on being counted. */
    synchronized void flush() {
        write();
        if (!away) {
            uses.take(service).forEach(this::add);
            write();
        }
    }

    private void add(AuditRecord record) {
        waitingCount.incrementAndGet();
        waiting.add(record);
    }

    private synchronized void write() {
        List<AuditRecord> records = new ArrayList<>();
        for (AuditRecord record = waiting.poll(); record != null; record = waiting.poll()) {
            records.add(record);
        }
        try {
            log.append(records);
            waitingCount.addAndGet(-records.size());
            away = false;
        } catch (DataAccessException | TransactionException e) {
            records.reversed().forEach(waiting::addFirst);
            if (!away) {
                LOG.warn(
                        "The audit log cannot be written, {} entries are kept until it can: {}",
                        records.size(),
                        e.getMessage());
            }
            away = true;
        }
    }

    @Override
    public void start() {
        running = true;
        Thread.ofPlatform().name("audit").daemon().start(() -> {
            while (running) {
                try {
                    Thread.sleep(interval);
                    flush();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    return;
                }
            }
        });
    }

    /** After the web server, before the database. */
    @Override
    public void stop() {
        running = false;
        flush();
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** Starts first and so ends last of those that work with requests. */
    @Override
    public int getPhase() {
        return Integer.MIN_VALUE + 1_000;
    }
}
