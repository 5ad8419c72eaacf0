package io.mlpool.model;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where a model comes from, enough to make it again.
 *
 * @param runId the training run
 * @param createdAt when the bundle was written
 * @param dataVersion SHA-256 of the data set snapshot
 * @param trainedUntil close time of the newest candle that the model saw, targets included: only later rows may judge it
 * @param seed of every random choice
 * @param parentVersion version it was fine-tuned from, absent when trained afresh
 * @param parameters hyper-parameters by name
 * @param environment code version, Java, operating system, architecture, numeric backend: bits depend on them
 */
public record Provenance(
        String runId,
        Instant createdAt,
        String dataVersion,
        Instant trainedUntil,
        long seed,
        @Nullable Integer parentVersion,
        Map<String, String> parameters,
        Map<String, String> environment) {

    public Provenance {
        parameters = Map.copyOf(parameters);
        environment = Map.copyOf(environment);
    }
}
