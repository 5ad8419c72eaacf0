package io.mlpool.ingest.inbox;

import jakarta.validation.constraints.NotNull;
import java.nio.file.Path;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * The watched folder.
 *
 * @param enabled whether it is watched
 * @param folder where files are put; replicas share it, as they share the archive
 * @param every how often it is looked into
 * @param settle how long a file must not have changed before it counts as complete
 */
@Validated
@ConfigurationProperties("mlpool.ingest.inbox")
record InboxProperties(
        @DefaultValue("true") boolean enabled,
        @NotNull Path folder,
        @DefaultValue("2s") Duration every,
        @DefaultValue("3s") Duration settle) {

    InboxProperties {
        requirePositive("every", every);
        requirePositive("settle", settle);
    }

    private static void requirePositive(String name, Duration duration) {
        if (!duration.isPositive()) {
            throw new IllegalArgumentException(
                    "mlpool.ingest.inbox.%s must be positive, found %s".formatted(name, duration));
        }
    }
}
