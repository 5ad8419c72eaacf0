package io.mlpool.ingest;

/** A payload that holds no candles that can be recognised; the message says what was found and what to do. */
public final class UnreadablePayloadException extends RuntimeException {

    private final String payload;
    private final String reason;

    public UnreadablePayloadException(String payload, String reason) {
        super(PrintableText.of("%s: %s".formatted(payload, reason)));
        this.payload = payload;
        this.reason = PrintableText.of(reason);
    }

    /** What is wrong, for who knows the payload. */
    public String reason() {
        return reason;
    }

    /** Name of the payload. */
    public String payload() {
        return payload;
    }
}
