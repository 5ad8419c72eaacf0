package io.mlpool.schema;

import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.locks.LockSupport;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.flyway.autoconfigure.FlywayMigrationStrategy;

/**
 * Waits until the schema is as new as this service: where many replicas start, one job migrates for all of them. A schema that is newer already, as in
 * the middle of an upgrade, is taken as it is.
 */
final class AwaitedSchema implements FlywayMigrationStrategy {

    private static final Logger LOG = LoggerFactory.getLogger(AwaitedSchema.class);

    private final Duration patience;
    private final Duration pause;

    AwaitedSchema(Duration patience, Duration pause) {
        this.patience = patience;
        this.pause = pause;
    }

    /** @throws IllegalStateException when nobody migrated in time, saying what is missing */
    @Override
    public void migrate(Flyway flyway) {
        long deadline = System.nanoTime() + patience.toNanos();
        String told = "";
        for (String missing = missing(flyway); !missing.isEmpty(); missing = missing(flyway)) {
            if (!missing.equals(told)) {
                LOG.info("Waiting for the migration of the database: {}", missing);
                told = missing;
            }
            if (System.nanoTime() > deadline || Thread.currentThread().isInterrupted()) {
                throw new IllegalStateException(
                        "nobody migrated the database in %s, %s; let the migration job run, or set mlpool.schema.migrate=true"
                                .formatted(patience, missing));
            }
            LockSupport.parkNanos(pause.toNanos());
        }
    }

    /** What is not as it must be; empty when all is. */
    private static String missing(Flyway flyway) {
        try {
            MigrationInfo[] pending = flyway.info().pending();
            return pending.length == 0
                    ? ""
                    : "it lacks version "
                            + Arrays.stream(pending)
                                    .map(one -> String.valueOf(one.getVersion()))
                                    .toList();
        } catch (FlywayException e) {
            return "it does not answer (%s)"
                    .formatted(
                            String.valueOf(e.getMessage()).lines().findFirst().orElse(""));
        }
    }
}
