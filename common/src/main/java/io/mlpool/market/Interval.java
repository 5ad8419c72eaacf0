package io.mlpool.market;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.stream.Collectors;

/** The length of a candle. Every candle of an interval opens at a whole multiple of it since the epoch, in UTC. */
public enum Interval {
    ONE_MINUTE("1m", Duration.ofMinutes(1)),
    FIVE_MINUTES("5m", Duration.ofMinutes(5)),
    FIFTEEN_MINUTES("15m", Duration.ofMinutes(15)),
    THIRTY_MINUTES("30m", Duration.ofMinutes(30)),
    ONE_HOUR("1h", Duration.ofHours(1)),
    FOUR_HOURS("4h", Duration.ofHours(4)),
    ONE_DAY("1d", Duration.ofDays(1));

    private final String label;
    private final Duration duration;

    Interval(String label, Duration duration) {
        this.label = label;
        this.duration = duration;
    }

    /**
     * The interval written as {@code 5m}, {@code 1h}, {@code 1d}.
     *
     * @throws IllegalArgumentException when there is no such interval; the message lists those there are
     */
    public static Interval of(String label) {
        for (Interval interval : values()) {
            if (interval.label.equals(label)) {
                return interval;
            }
        }
        throw new IllegalArgumentException("unknown interval '%s', known are %s".formatted(label, labels()));
    }

    /** All labels, shortest interval first, separated by commas. */
    public static String labels() {
        return Arrays.stream(values()).map(Interval::label).collect(Collectors.joining(", "));
    }

    public String label() {
        return label;
    }

    public Duration duration() {
        return duration;
    }

    /** Length in seconds. */
    public long seconds() {
        return duration.toSeconds();
    }

    /** Open time of the candle that contains {@code time}. */
    public Instant floor(Instant time) {
        return Instant.ofEpochSecond(Math.floorDiv(time.getEpochSecond(), seconds()) * seconds());
    }

    /** Whether a candle of this interval can open at {@code time}. */
    public boolean isAligned(Instant time) {
        return time.getNano() == 0 && Math.floorMod(time.getEpochSecond(), seconds()) == 0;
    }

    /** How many candles of this interval fill {@code span}, rounded up. */
    public int bars(Duration span) {
        return Math.toIntExact(Math.ceilDiv(span.toSeconds(), seconds()));
    }

    @Override
    public String toString() {
        return label;
    }
}
