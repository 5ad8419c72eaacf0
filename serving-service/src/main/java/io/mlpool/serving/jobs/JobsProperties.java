package io.mlpool.serving.jobs;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How batch jobs are done.
 *
 * @param chunk items that are answered and stored together
 * @param mostWaiting jobs that are not finished; one more is refused
 * @param kept how long a finished job can be fetched
 */
@ConfigurationProperties("mlpool.jobs")
record JobsProperties(
        @DefaultValue("200") int chunk,
        @DefaultValue("20") int mostWaiting,
        @DefaultValue("7d") Duration kept) {

    JobsProperties {
        if (chunk < 1 || mostWaiting < 1) {
            throw new IllegalArgumentException("mlpool.jobs.chunk and most-waiting must be positive, found %d and %d"
                    .formatted(chunk, mostWaiting));
        }
        if (kept.isZero() || kept.isNegative()) {
            throw new IllegalArgumentException("mlpool.jobs.kept must be positive, found " + kept);
        }
    }
}
