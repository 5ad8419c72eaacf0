package io.mlpool.serving.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mlpool.testing.SettableClock;
import io.mlpool.testing.TestDatabase;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

class BatchJobsStoreTest {

    @Test
    void valuesThatCannotBeAreRefused() {
        assertThatThrownBy(() -> new JobsProperties(0, 1, Duration.ofDays(1)))
                .hasMessageContaining("must be positive, found 0 and 1");
        assertThatThrownBy(() -> new JobsProperties(1, 1, Duration.ZERO))
                .hasMessage("mlpool.jobs.kept must be positive, found PT0S");
    }

    @Test
    void jobIsForgottenWhenItHasBeenFinishedForSoLongAndNotWhileItRuns() {
        TestDatabase database = TestDatabase.create();
        SettableClock clock = new SettableClock(Instant.parse("2024-06-01T00:00:00Z"));
        BatchJobs jobs = new BatchJobs(
                database.jdbc(), new TransactionTemplate(new JdbcTransactionManager(database.dataSource())), clock);
        UUID ended = UUID.randomUUID();
        UUID running = UUID.randomUUID();
        for (UUID id : List.of(ended, running)) {
            jobs.add(new BatchJobs.Order(id, "", "", "1h", List.of("bitcoin"), List.of("1h")));
            jobs.begin(id);
        }
        JobItem item = new JobItem(0, "bitcoin", "1h", "{}", null);
        assertThat(jobs.store(ended, List.of(item))).isTrue();
        jobs.end(ended, JobState.SUCCEEDED, null);
        assertThat(jobs.store(ended, List.of(item))).as("it has ended").isFalse();

        clock.set(Instant.parse("2024-06-08T00:00:01Z"));

        assertThat(jobs.forget(Duration.ofDays(7))).isEqualTo(1);
        assertThat(jobs.find(ended)).isEmpty();
        assertThat(jobs.items(ended, 0, 10)).isEmpty();
        assertThat(jobs.find(running)).isPresent();
    }
}
