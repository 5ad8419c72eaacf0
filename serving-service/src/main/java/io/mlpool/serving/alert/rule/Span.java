package io.mlpool.serving.alert.rule;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A length of time, written {@code 90s}, {@code 10m}, {@code 24h} or {@code 7d}: positive, whole seconds, a year at most. */
public record Span(Duration duration) {

    private static final Pattern LABEL = Pattern.compile("([1-9][0-9]{0,7})([smhd])");
    private static final Duration LONGEST = Duration.ofDays(366);

    public Span {
        if (!duration.isPositive()
                || !duration.equals(Duration.ofSeconds(duration.toSeconds()))
                || duration.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("a span must be whole seconds, up to 366d, found " + duration);
        }
    }

    /**
     * What a label means.
     *
     * @throws IllegalArgumentException when it is none; the message shows how one is written
     */
    @JsonCreator
    public static Span of(String label) {
        Matcher matcher = LABEL.matcher(label);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    "a span must be written like 90s, 10m, 24h or 7d, found '%s'".formatted(label));
        }
        long count = Long.parseLong(matcher.group(1));
        return new Span(
                switch (matcher.group(2)) {
                    case "s" -> Duration.ofSeconds(count);
                    case "m" -> Duration.ofMinutes(count);
                    case "h" -> Duration.ofHours(count);
                    default -> Duration.ofDays(count);
                });
    }

    /** In the largest unit that leaves no rest, but 24h for a day. */
    @JsonValue
    public String label() {
        long seconds = duration.toSeconds();
        if (seconds % 86_400 == 0 && seconds > 86_400) {
            return seconds / 86_400 + "d";
        }
        if (seconds % 3600 == 0) {
            return seconds / 3600 + "h";
        }
        return seconds % 60 == 0 ? seconds / 60 + "m" : seconds + "s";
    }

    public double seconds() {
        return duration.toSeconds();
    }

    @Override
    public String toString() {
        return label();
    }
}
