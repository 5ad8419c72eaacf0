package io.mlpool.ingest.files;

import io.mlpool.market.Volume;

/**
 * Which column holds what; -1 where there is none.
 *
 * @param content what a line stands for
 * @param close also the price of a trade
 * @param volume also the size of a trade
 * @param symbol the pair, where each line names it
 */
record Layout(
        Content content,
        int time,
        int open,
        int high,
        int low,
        int close,
        int volume,
        Volume.Kind volumeKind,
        int symbol) {

    /** What a line stands for. */
    enum Content {
        CANDLES,
        /** Only the close of the candle that opens at the time. */
        CLOSES,
        /** The price at the time: it closes the candle that ends there. */
        SNAPSHOTS,
        TRADES
    }

    static final int NONE = -1;

    static Layout candles(int time, int open, int high, int low, int close, int volume) {
        Volume.Kind kind = volume == NONE ? Volume.Kind.UNKNOWN : Volume.Kind.BASE;
        return new Layout(Content.CANDLES, time, open, high, low, close, volume, kind, NONE);
    }

    static Layout trades(int time, int price, int size, int symbol) {
        return new Layout(Content.TRADES, time, price, price, price, price, size, Volume.Kind.BASE, symbol);
    }

    static Layout closes(int time, int price, int symbol) {
        return new Layout(Content.CLOSES, time, price, price, price, price, NONE, Volume.Kind.UNKNOWN, symbol);
    }

    /** CoinGecko's export and its kin: the volume is that of the 24 hours before. */
    static Layout snapshots(int time, int price, int volume, int symbol) {
        Volume.Kind kind = volume == NONE ? Volume.Kind.UNKNOWN : Volume.Kind.TRAILING_24H_QUOTE;
        return new Layout(Content.SNAPSHOTS, time, price, price, price, price, volume, kind, symbol);
    }

    /** How many fields a line must have at least. */
    int width() {
        return 1
                + Math.max(
                        Math.max(Math.max(time, open), Math.max(high, low)), Math.max(Math.max(close, volume), symbol));
    }

    /** Whether the line's prices can be those of a candle in this layout. */
    boolean fits(Line line) {
        if (line.size() < width()) {
            return false;
        }
        double o = line.number(open);
        double c = line.number(close);
        return line.number(low) <= Math.min(o, c) && line.number(high) >= Math.max(o, c);
    }
}
