package io.mlpool.ingest.coingecko;

import java.net.URI;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where to ask and as whom.
 *
 * @param plan decides address, header and limits
 * @param apiKey null exactly for {@link Plan#KEYLESS}
 * @param root address up to and including {@code /api/v3}
 */
public record CoinGeckoAccess(Plan plan, @Nullable String apiKey, URI root) {

    public CoinGeckoAccess {
        if (plan == Plan.KEYLESS && apiKey != null) {
            throw new IllegalArgumentException(
                    "COINGECKO_PLAN is keyless but COINGECKO_API_KEY is set: say demo or pro, or unset the key");
        }
        if (plan != Plan.KEYLESS && apiKey == null) {
            throw new IllegalArgumentException(
                    "COINGECKO_PLAN is %s but COINGECKO_API_KEY is not set: set the key, or unset the plan to go without"
                            .formatted(label(plan)));
        }
        if (!"http".equals(root.getScheme()) && !"https".equals(root.getScheme())) {
            throw new IllegalArgumentException(
                    "the base URL of CoinGecko must start with http:// or https://, found " + root);
        }
    }

    /** A key without a plan is taken for a demo key, nothing at all for keyless; blank counts as not set. */
    public static CoinGeckoAccess of(@Nullable Plan plan, @Nullable String apiKey, @Nullable URI root) {
        String key = apiKey == null || apiKey.isBlank() ? null : apiKey.strip();
        Plan chosen = plan != null ? plan : key == null ? Plan.KEYLESS : Plan.DEMO;
        return new CoinGeckoAccess(chosen, key, root == null ? chosen.root() : root);
    }

    /** From {@code COINGECKO_API_KEY} and {@code COINGECKO_PLAN}. */
    public static CoinGeckoAccess of(Map<String, String> environment) {
        String plan = environment.getOrDefault("COINGECKO_PLAN", "");
        return of(plan.isBlank() ? null : plan(plan.strip()), environment.get("COINGECKO_API_KEY"), null);
    }

    private static Plan plan(String label) {
        return Arrays.stream(Plan.values())
                .filter(plan -> label(plan).equals(label.toLowerCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "COINGECKO_PLAN must be keyless, demo or pro (any paid plan), found '%s'".formatted(label)));
    }

    private static String label(Plan plan) {
        return plan.name().toLowerCase(Locale.ROOT);
    }

    /** Without the key. */
    @Override
    public String toString() {
        return "%s at %s".formatted(label(plan), root);
    }
}
