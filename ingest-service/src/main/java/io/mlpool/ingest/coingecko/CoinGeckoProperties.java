package io.mlpool.ingest.coingecko;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Positive;
import java.net.URI;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * Settings of the CoinGecko source.
 *
 * @param enabled whether it is asked at all
 * @param plan keyless, demo or pro; by default demo with a key and keyless without
 * @param baseUrl another address than the plan's, for a proxy
 * @param requestsPerMinute of this process; by default 5 keyless, 25 demo, 250 pro. Replicas share one limit at CoinGecko:
 *     divide it by their number
 * @param monthlyCredits successful answers in a calendar month (UTC) over all replicas; by default 10,000, pro 100,000
 * @param attempts how often one request is tried in all
 * @param longestWait a longer retry-after is not waited for; the work is put off instead
 * @param history how far back hourly prices are kept complete; never further than the plan gives
 */
@Validated
@ConfigurationProperties("mlpool.ingest.coingecko")
record CoinGeckoProperties(
        @DefaultValue("true") boolean enabled,
        @Nullable Plan plan,
        @Nullable String apiKey,
        @Nullable URI baseUrl,
        @Positive @Nullable Integer requestsPerMinute,
        @Positive @Nullable Long monthlyCredits,
        @DefaultValue("5s") @DurationMin(millis = 1) Duration connectTimeout,
        @DefaultValue("30s") @DurationMin(millis = 1) Duration readTimeout,
        @DefaultValue("16MB") DataSize maxResponse,
        @DefaultValue("4") @Min(1) @Max(10) int attempts,
        @DefaultValue("3m") @DurationMin(millis = 1) Duration longestWait,

        @DefaultValue("90d") @DurationMin(days = 1) @DurationMax(days = 3650)
        Duration history) {

    CoinGeckoAccess access() {
        return CoinGeckoAccess.of(plan, apiKey, baseUrl);
    }

    int requestsPerMinuteOrPlan() {
        return requestsPerMinute == null ? access().plan().requestsPerMinute() : requestsPerMinute;
    }

    long monthlyCreditsOrPlan() {
        return monthlyCredits == null ? access().plan().monthlyCredits() : monthlyCredits;
    }

    /** The history that is wanted and given. An hour is left at the far end, which moves while we ask. */
    Duration reachableHistory() {
        Duration given = access().plan().history().minusHours(1);
        return history.compareTo(given) < 0 ? history : given;
    }

    /** Without the key. */
    @Override
    public String toString() {
        return "CoinGeckoProperties[enabled=%s, plan=%s, baseUrl=%s, history=%s]"
                .formatted(enabled, plan, baseUrl, history);
    }
}
