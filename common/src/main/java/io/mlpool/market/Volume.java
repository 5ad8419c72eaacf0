package io.mlpool.market;

/**
 * How much was traded.
 *
 * @param amount not negative and finite; zero when {@code kind} is {@link Kind#UNKNOWN}
 * @param kind what the amount counts
 */
public record Volume(double amount, Kind kind) {

    /** What an amount counts: sources disagree, and mixing them up ruins a feature in silence. */
    public enum Kind {
        /** The source does not say. */
        UNKNOWN,
        /** Units of the asset traded within the candle (exchanges). */
        BASE,
        /** Quote currency traded in the 24 hours up to the candle's close (CoinGecko). */
        TRAILING_24H_QUOTE
    }

    public static final Volume UNKNOWN = new Volume(0, Kind.UNKNOWN);

    public Volume {
        if (!Double.isFinite(amount) || amount < 0) {
            throw new IllegalArgumentException("volume must be finite and not negative, found " + amount);
        }
    }

    public static Volume base(double amount) {
        return new Volume(amount, Kind.BASE);
    }

    public static Volume trailing24h(double amount) {
        return new Volume(amount, Kind.TRAILING_24H_QUOTE);
    }
}
