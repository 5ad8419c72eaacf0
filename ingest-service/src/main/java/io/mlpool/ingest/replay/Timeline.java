package io.mlpool.ingest.replay;

import io.mlpool.market.Candle;
import java.time.Duration;
import java.time.Instant;

/**
 * When which candle of a recording is played.
 *
 * @param startedAt real time at which the playing began
 * @param startedFrom recorded time at that moment; all that closed until then is due at once
 * @param speed from then on
 * @param shift added to every recorded time, a whole number of intervals
 */
record Timeline(Instant startedAt, Instant startedFrom, Speed speed, Duration shift) {

    /** Begins now. With {@link Times#END_NOW} the last candle closes, to the interval, at the moment it is played. */
    static Timeline begin(Recording recording, Times times, Speed speed, Instant from, Instant now) {
        Instant lastPlayed = now.plus(speed.toPlay(Duration.between(from, recording.end())));
        Instant lastClose = recording.key().interval().floor(lastPlayed);
        Duration shift = times == Times.ORIGINAL ? Duration.ZERO : Duration.between(recording.end(), lastClose);
        return new Timeline(now, from, speed, shift);
    }

    /** Real time at which the candle is played; never before the time at which it says to close. */
    Instant due(Candle candle) {
        if (!candle.closeTime().isAfter(startedFrom)) {
            return startedAt;
        }
        Instant played = startedAt.plus(speed.toPlay(Duration.between(startedFrom, candle.closeTime())));
        Instant closes = candle.closeTime().plus(shift);
        return played.isBefore(closes) ? closes : played;
    }

    /** Open time under which the candle is played. */
    Instant openTime(Candle candle) {
        return candle.openTime().plus(shift);
    }
}
