package io.mlpool.ingest.coingecko;

import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What CoinGecko grants. Its documents disagree about the limits of a plan, so these are careful defaults and all of them can
 * be set; {@code pro} stands for every paid plan.
 */
public enum Plan {
    KEYLESS("https://api.coingecko.com/api/v3", null, 5, 10_000, 365),
    DEMO("https://api.coingecko.com/api/v3", "x-cg-demo-api-key", 25, 10_000, 365),
    PRO("https://pro-api.coingecko.com/api/v3", "x-cg-pro-api-key", 250, 100_000, 730);

    private final URI root;
    private final @Nullable String keyHeader;
    private final int requestsPerMinute;
    private final long monthlyCredits;
    private final Duration history;

    Plan(String root, @Nullable String keyHeader, int requestsPerMinute, long monthlyCredits, int historyDays) {
        this.root = URI.create(root);
        this.keyHeader = keyHeader;
        this.requestsPerMinute = requestsPerMinute;
        this.monthlyCredits = monthlyCredits;
        this.history = Duration.ofDays(historyDays);
    }

    public URI root() {
        return root;
    }

    /** Header that carries the key; null for the plan without one. */
    @Nullable String keyHeader() {
        return keyHeader;
    }

    int requestsPerMinute() {
        return requestsPerMinute;
    }

    /** Successful answers in a calendar month. Keyless has no documented number; the demo plan's is kept. */
    long monthlyCredits() {
        return monthlyCredits;
    }

    /** How far back hourly prices are given. */
    Duration history() {
        return history;
    }
}
