package io.mlpool.serving.market;

import io.mlpool.market.Interval;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The present of the market as this pool knows it: when the newest candle closed. What happened lately ends here and not at the clock's time,
 * so that a pool that replays or imported candles of years ago tells what it does, too.
 */
public final class MarketTime {

    /** Where no live model asks for the newest candles, they are looked for this often. */
    private static final Duration AGAIN = Duration.ofMinutes(10);

    private final RecentCandles candles;
    private final Clock clock;
    private volatile Instant looked = Instant.EPOCH;

    /** The time of these candles. */
    public MarketTime(RecentCandles candles, Clock clock) {
        this.candles = candles;
        this.clock = clock;
    }

    /** Close of the newest candle that was seen, some minutes ago at most; never after the clock's time, which it is while there is none. */
    public Instant now() {
        Instant now = clock.instant();
        boolean known = candles.newestClose().isPresent() && !looked.plus(AGAIN).isBefore(now);
        return known ? earlier(now) : look();
    }

    /** The same of candles of one interval; empty while there are none. */
    public Optional<Instant> now(Interval interval) {
        Instant now = now();
        return candles.newestClose(interval).map(close -> close.isAfter(now) ? now : close);
    }

    /** The same of the candles that there are at this moment, which costs a look at each series. */
    public Instant look() {
        Instant now = clock.instant();
        candles.findNewestClose();
        looked = now;
        return earlier(now);
    }

    private Instant earlier(Instant now) {
        return candles.newestClose().filter(now::isAfter).orElse(now);
    }
}
