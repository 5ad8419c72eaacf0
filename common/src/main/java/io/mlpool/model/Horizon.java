package io.mlpool.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.mlpool.market.Interval;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How far ahead a forecast looks, written {@code 5m}, {@code 24h} or {@code 7d}.
 *
 * @param duration positive whole minutes
 */
public record Horizon(Duration duration) implements Comparable<Horizon> {

    private static final Pattern LABEL = Pattern.compile("([1-9][0-9]{0,4})([mhd])");

    public Horizon {
        if (duration.isZero() || duration.isNegative() || duration.toSeconds() % 60 != 0) {
            throw new IllegalArgumentException("horizon must be positive whole minutes, found " + duration);
        }
    }

    /**
     * The horizon with this label.
     *
     * @throws IllegalArgumentException when it is none; the message shows how one is written
     */
    @JsonCreator
    public static Horizon of(String label) {
        Matcher matcher = LABEL.matcher(label);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    "horizon must be written like 30m, 24h or 7d, found '%s'".formatted(label));
        }
        long count = Long.parseLong(matcher.group(1));
        return new Horizon(
                switch (matcher.group(2)) {
                    case "m" -> Duration.ofMinutes(count);
                    case "h" -> Duration.ofHours(count);
                    default -> Duration.ofDays(count);
                });
    }

    /** Hours up to two days, days beyond, minutes below an hour. */
    @JsonValue
    public String label() {
        long minutes = duration.toMinutes();
        if (minutes % 60 != 0) {
            return minutes + "m";
        }
        long hours = minutes / 60;
        return hours > 48 && hours % 24 == 0 ? hours / 24 + "d" : hours + "h";
    }

    /**
     * Candles of the interval until the target.
     *
     * @throws IllegalArgumentException when the horizon is no whole number of candles
     */
    public int bars(Interval interval) {
        if (duration.toSeconds() % interval.seconds() != 0) {
            throw new IllegalArgumentException(
                    "horizon %s is no whole number of %s candles".formatted(label(), interval));
        }
        return Math.toIntExact(duration.toSeconds() / interval.seconds());
    }

    @Override
    public int compareTo(Horizon other) {
        return duration.compareTo(other.duration);
    }

    @Override
    public String toString() {
        return label();
    }
}
