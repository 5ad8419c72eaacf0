package io.mlpool.serving.experiment;

import io.mlpool.market.Interval;
import io.mlpool.model.Horizon;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * Two versions of one registered model on the same questions.
 *
 * @param control version that was the champion when it began
 * @param salt of the hash that sends callers to arms
 * @param firstAsOf forecasts from here on count
 * @param block length of a block of time, whole days and at least the longest horizon
 * @param winner arm that is proved better
 * @param outcome why it ended
 */
record Experiment(
        String id,
        String model,
        Kind kind,
        Interval interval,
        List<Horizon> horizons,
        int control,
        int challenger,
        Terms terms,
        String salt,
        @Nullable String purpose,
        Instant begunAt,
        String begunBy,
        Instant firstAsOf,
        Duration block,
        ExperimentState state,
        @Nullable Arm winner,
        @Nullable Instant wonAt,
        @Nullable Standings standings,
        @Nullable Instant endedAt,
        @Nullable String endedBy,
        @Nullable String outcome) {

    /** One that begins now, between these two. */
    static Experiment begin(
            String id, Kind kind, Pair pair, Terms terms, @Nullable String purpose, Instant begunAt, String begunBy) {
        Instant now = begunAt.truncatedTo(ChronoUnit.MICROS);
        return new Experiment(
                id,
                pair.model(),
                kind,
                pair.interval(),
                pair.horizons(),
                pair.control(),
                pair.challenger(),
                terms,
                HexFormat.of().toHexDigits(new SplittableRandom().nextLong()),
                purpose,
                now,
                begunBy,
                firstAsOf(kind, pair.interval(), now),
                blockOf(pair.horizons().getLast()),
                ExperimentState.RUNNING,
                null,
                null,
                null,
                null,
                null,
                null);
    }

    Experiment {
        horizons = List.copyOf(horizons);
        if (control == challenger) {
            throw new IllegalArgumentException("two versions are compared, found %d twice".formatted(control));
        }
        if (block.compareTo(horizons.getLast().duration()) < 0 || block.toSeconds() % interval.seconds() != 0) {
            throw new IllegalArgumentException("a block holds whole candles and the longest horizon, found " + block);
        }
    }

    /** The next candle; of a watch the one after it, for its challenger has yet to go live. */
    private static Instant firstAsOf(Kind kind, Interval interval, Instant now) {
        return interval.floor(now).plus(interval.duration().multipliedBy(kind == Kind.WATCH ? 2 : 1));
    }

    /** Whole days that hold this horizon: days have moods of their own. */
    static Duration blockOf(Horizon longest) {
        Duration day = Duration.ofDays(1);
        return day.multipliedBy(Math.max(1, Math.ceilDiv(longest.duration().toSeconds(), day.toSeconds())));
    }

    /** How many times there are forecasts of in a block. */
    int timesOfABlock() {
        return Math.toIntExact(block.toSeconds() / interval.seconds());
    }

    /** How many of the longest horizons a block holds. */
    double horizonsOfABlock() {
        return (double) block.toSeconds() / horizons.getLast().duration().toSeconds();
    }

    boolean isWatch() {
        return kind == Kind.WATCH;
    }

    boolean isOver(Instant now) {
        return !now.isBefore(begunAt.plus(Duration.ofDays(terms.longestDays())));
    }
}
