package io.mlpool.ingest.defillama;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.net.URI;
import java.time.Duration;
import java.util.Set;
import org.hibernate.validator.constraints.time.DurationMin;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * Settings of the DefiLlama source.
 *
 * @param enabled whether it is asked at all
 * @param baseUrl up to and without {@code /protocols}; it may hold a key and is never shown with its path
 * @param incidentList where a CSV of incidents is fetched when {@code /hacks} is not answered: {@code http(s)://} or {@code file:}
 * @param requestsPerMinute of this process; no limit is published
 * @param readTimeout from sending a request to the last byte of its answer
 * @param maxResponse a history with all its tokens may have tens of megabytes
 * @param attempts how often one request is tried in all
 * @param longestWait a longer retry-after is not waited for; the work is put off instead
 */
@Validated
@ConfigurationProperties("mlpool.ingest.defillama")
record DefiLlamaProperties(
        @DefaultValue("true") boolean enabled,
        @DefaultValue("https://api.llama.fi") URI baseUrl,
        @Nullable URI incidentList,
        @DefaultValue("60") @Min(1) @Max(600) int requestsPerMinute,
        @DefaultValue("5s") @DurationMin(millis = 1) Duration connectTimeout,
        @DefaultValue("2m") @DurationMin(millis = 1) Duration readTimeout,
        @DefaultValue("256MB") DataSize maxResponse,
        @DefaultValue("4") @Min(1) @Max(10) int attempts,
        @DefaultValue("3m") @DurationMin(millis = 1) Duration longestWait) {

    DefiLlamaProperties {
        if (!Set.of("http", "https").contains(String.valueOf(baseUrl.getScheme()))) {
            throw new IllegalArgumentException(
                    "mlpool.ingest.defillama.base-url must start with http:// or https://, found "
                            + baseUrl.getScheme());
        }
        if (incidentList != null
                && !Set.of("http", "https", "file").contains(String.valueOf(incidentList.getScheme()))) {
            throw new IllegalArgumentException(
                    "mlpool.ingest.defillama.incident-list must start with http://, https:// or file:, found '%s'"
                            .formatted(incidentList));
        }
        if (maxResponse.toBytes() <= 0) {
            throw new IllegalArgumentException(
                    "mlpool.ingest.defillama.max-response must be positive, found " + maxResponse);
        }
    }

    /** Without what may be a key. */
    @Override
    public String toString() {
        return "DefiLlamaProperties[enabled=%s, host=%s]".formatted(enabled, baseUrl.getHost());
    }
}
