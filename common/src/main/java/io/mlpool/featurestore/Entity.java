package io.mlpool.featurestore;

import java.util.Locale;

/** What a row of a view is about. */
public enum Entity {
    /** One asset: its own candles are all that a row depends on. */
    ASSET,
    /** The market as a whole: a row is the same for every asset, as of Feast's views without an entity. */
    MARKET;

    /** As it is written in answers and in the database. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
