package io.mlpool.serving.market;

import java.time.Clock;
import java.time.Instant;

/**
 * The present of the market as this pool knows it: when the newest candle closed. What happened lately ends here and not at the clock's time,
 * so that a pool that replays or imported candles of years ago tells what it does, too.
 */
public final class MarketTime {

    private final RecentCandles candles;
    private final Clock clock;

    /** The time of these candles. */
    public MarketTime(RecentCandles candles, Clock clock) {
        this.candles = candles;
        this.clock = clock;
    }

    /** Close of the newest candle that was seen, at most the clock's time, which it is until one was seen. */
    public Instant now() {
        Instant now = clock.instant();
        return candles.newestClose().filter(now::isAfter).orElse(now);
    }
}
