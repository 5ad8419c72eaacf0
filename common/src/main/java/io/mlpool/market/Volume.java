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
        UNKNOWN(0),
        /** Units of the asset traded within the candle (exchanges). */
        BASE(1),
        /** Quote currency traded in the 24 hours up to the candle's close (CoinGecko). */
        TRAILING_24H_QUOTE(2);

        private final int code;

        Kind(int code) {
            this.code = code;
        }

        /** The number that stands for this kind in the {@code volume_kind} column. */
        public int code() {
            return code;
        }

        /** The kind that the number stands for. */
        public static Kind of(int code) {
            return switch (code) {
                case 0 -> UNKNOWN;
                case 1 -> BASE;
                case 2 -> TRAILING_24H_QUOTE;
                default -> throw new IllegalArgumentException("no kind of volume has code " + code);
            };
        }
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
