package io.mlpool.audit;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
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

    private static final int SLICE = 200;

    private final AuditLog log;
    private final UnaryOperator<List<AuditRecord>> hiding;
    private final String service;
    private final Duration interval;
    private final Uses uses = new Uses();
    private final Deque<AuditRecord> deeds = new ConcurrentLinkedDeque<>();
    private final AtomicInteger waitingDeeds = new AtomicInteger();
    private final Deque<AuditRecord> counts = new ConcurrentLinkedDeque<>();
    private final AtomicLong written = new AtomicLong();
    private volatile boolean running;
    private volatile boolean away;

    /** @param hiding makes of what happened what may be kept */
    AuditKeeping(AuditLog log, UnaryOperator<List<AuditRecord>> hiding, String service, Duration interval) {
        this.log = log;
        this.hiding = hiding;
        this.service = service;
        this.interval = interval;
    }

    /** Something was changed, or tried to be; in the log when this returns, if the database is there. */
    void deed(AuditRecord record) {
        if (waitingDeeds.get() >= MOST_WAITING) {
            LOG.error(
                    "The audit log lost an entry, {} wait for the database already: {}",
                    MOST_WAITING,
                    record.withAddress(""));
            return;
        }
        waitingDeeds.incrementAndGet();
        deeds.add(record);
        if (!away) { // nobody waits for a database that others found away
            writeDeeds();
        }
    }

    /** One more request of a kind that is counted. */
    void use(Uses.Use use, Instant at) {
        uses.count(use, at);
    }

    /** Writes what waits, then what was counted; while that cannot be, what is counted goes on being counted. */
    void flush() {
        writeDeeds();
        if (!away && counts.isEmpty()) {
            counts.addAll(uses.take(service));
        }
        while (!away && !counts.isEmpty()) {
            write(counts);
        }
    }

    /** Entries that this process has added. */
    long written() {
        return written.get();
    }

    /** Entries that wait for the database. */
    int waiting() {
        return waitingDeeds.get() + counts.size();
    }

    private void writeDeeds() {
        do {
            waitingDeeds.addAndGet(-write(deeds));
        } while (!away && !deeds.isEmpty());
    }

    /** A slice of those that wait, so that a deed that comes meanwhile is not kept waiting by thousands; gives how many were written. */
    private synchronized int write(Deque<AuditRecord> waiting) {
        List<AuditRecord> records = new ArrayList<>();
        for (AuditRecord record = waiting.poll();
                record != null;
                record = records.size() < SLICE ? waiting.poll() : null) {
            records.add(record);
        }
        try {
            log.append(hiding.apply(records));
            written.addAndGet(records.size());
            away = false;
            return records.size();
        } catch (DataAccessException | TransactionException e) {
            records.reversed().forEach(waiting::addFirst);
            if (!away) {
                LOG.warn(
                        "The audit log cannot be written, {} entries are kept until it can: {}",
                        records.size(),
                        e.getMessage());
            }
            away = true;
            return 0;
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
