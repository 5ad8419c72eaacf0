package io.mlpool.ingest.coingecko;

/** What can go wrong with a request, whether it is worth another try, and what to do. */
public enum Trouble {
    UNREACHABLE(true, "Check the network and the proxy; it is tried again by itself."),
    SERVER(true, "CoinGecko has a problem of its own; it is tried again by itself."),
    RATE_LIMITED(true, "Lower mlpool.ingest.coingecko.requests-per-minute, or get a key (COINGECKO_API_KEY)."),
    BAD_REQUEST(false, "Check the asset list mlpool.ingest.assets; please report this when it is right."),
    BAD_KEY(false, "Set COINGECKO_API_KEY to a valid key, with COINGECKO_PLAN demo or pro; or unset both."),
    WRONG_PLAN(
            false, "The key belongs to another plan: set COINGECKO_PLAN to demo for a demo key, pro for a paid one."),
    NOT_IN_PLAN(false, "The plan does not include this request: get a larger one, or shorten what is asked for."),
    TIME_RANGE(false, "The plan does not reach back that far: shorten mlpool.ingest.coingecko.history."),
    NOT_FOUND(false, "Use CoinGecko's id of the coin ('bitcoin', not 'btc') in mlpool.ingest.assets."),
    BLOCKED(false, "Cloudflare refuses this address: wait, use a key, or ask from another network."),
    UNREADABLE(false, "Something between here and CoinGecko may be answering in its place."),
    TOO_LARGE(false, "Raise mlpool.ingest.coingecko.max-response if the answer is right."),
    BUDGET(false, "It goes on next month; raise mlpool.ingest.coingecko.monthly-credits if the plan grants more."),
    RESTING(false, "Nothing is asked until then.");

    private final boolean worthRetry;
    private final String advice;

    Trouble(boolean worthRetry, String advice) {
        this.worthRetry = worthRetry;
        this.advice = advice;
    }

    /** Whether the same request can succeed moments later. */
    boolean worthRetry() {
        return worthRetry;
    }

    String advice() {
        return advice;
    }

    /** Whether the same request can succeed later on without anybody changing anything. */
    public boolean passes() {
        return switch (this) {
            case UNREACHABLE, SERVER, RATE_LIMITED, BLOCKED, UNREADABLE, BUDGET, RESTING -> true;
            case BAD_REQUEST, BAD_KEY, WRONG_PLAN, NOT_IN_PLAN, TIME_RANGE, NOT_FOUND, TOO_LARGE -> false;
        };
    }
}
