package io.mlpool.serving.jobs;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How batch jobs are carried out.
 *
 * @param chunkSize assets whose forecasts are committed together
 * @param unfinished jobs that may be queued or running, over all replicas; more are refused
 * @param items that all jobs together may keep, finished ones too; a new job is refused when there are as many
 * @param patience how long a job waits for a live model, or for a new model's first forecasts, before it does without
 * @param retention how long finished jobs and their results are kept
 */
@ConfigurationProperties("mlpool.jobs")
record JobsProperties(
        @DefaultValue("100") int chunkSize,
        @DefaultValue("100") int unfinished,
        @DefaultValue("5000000") long items,
        @DefaultValue("1m") Duration patience,
        @DefaultValue("7d") Duration retention) {

    JobsProperties {
        requirePositive("chunk-size", chunkSize > 0, chunkSize);
        requirePositive("unfinished", unfinished > 0, unfinished);
        requirePositive("items", items > 0, items);
        requirePositive("patience", patience.isPositive(), patience);
        requirePositive("retention", retention.isPositive(), retention);
    }

    private static void requirePositive(String name, boolean positive, Object found) {
        if (!positive) {
            throw new IllegalArgumentException("mlpool.jobs.%s must be positive, found %s".formatted(name, found));
        }
    }
}
