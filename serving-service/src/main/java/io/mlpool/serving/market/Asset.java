package io.mlpool.serving.market;

/**
 * Something that is traded.
 *
 * @param id canonical key: {@code bitcoin}
 * @param symbol ticker: {@code btc}
 * @param name for people
 */
public record Asset(String id, String symbol, String name) {}
