package io.mlpool.ingest.protocols;

/**
 * What is read again and again, so that what it did not hold the last time was not known then.
 *
 * @param name {@code protocols}, {@code history}, {@code hacks}
 * @param subject slug of the protocol that it is about; empty when it is about all
 */
public record Feed(String name, String subject) {

    public static Feed of(String name) {
        return new Feed(name, "");
    }
}
