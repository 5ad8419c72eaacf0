package io.mlpool.ingest.defillama;

/** What can go wrong with a request, whether it is worth another try, and what to do. */
public enum Trouble {
    UNREACHABLE(true, "Check the network and the proxy; it is tried again by itself."),
    SERVER(true, "DefiLlama has a problem of its own; it is tried again by itself."),
    RATE_LIMITED(true, "Lower mlpool.ingest.defillama.requests-per-minute."),
    BAD_REQUEST(false, "Please report this: the request is not understood any more."),
    NOT_FOUND(false, "It may be called otherwise now; the list of protocols tells the names."),
    NOT_FREE(
            false,
            "This is part of a paid plan: set mlpool.ingest.defillama.base-url to its address, or incident-list to a CSV, or put the CSV into the inbox."),
    BLOCKED(false, "Cloudflare refuses this address: wait, or ask from another network."),
    UNREADABLE(false, "Something between here and DefiLlama may be answering in its place."),
    TOO_LARGE(false, "Raise mlpool.ingest.defillama.max-response if the answer is right.");

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
            case UNREACHABLE, SERVER, RATE_LIMITED, BLOCKED, UNREADABLE -> true;
            case BAD_REQUEST, NOT_FOUND, NOT_FREE, TOO_LARGE -> false;
        };
    }
}
