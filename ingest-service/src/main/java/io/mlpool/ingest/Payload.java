package io.mlpool.ingest;

import java.io.IOException;
import java.io.InputStream;
import java.util.Map;

/**
 * One answer of a source, exactly as it came: the body of a response, a file.
 *
 * @param source {@link MarketSource#name()} of the source that reads it
 * @param name what it is called there: the file's name, the request's path and query
 * @param hints what the content alone does not say, for example {@code asset}, {@code symbol}, {@code interval}, {@code venue};
 *     archived with the content so that it can be read again
 * @param content the bytes, opened as often as needed
 */
public record Payload(String source, String name, Map<String, String> hints, Content content) {

    public Payload {
        name = PrintableText.of(name);
        hints = Map.copyOf(hints);
    }

    /** Bytes that can be read again from the start. */
    @FunctionalInterface
    public interface Content {
        InputStream open() throws IOException;
    }
}
