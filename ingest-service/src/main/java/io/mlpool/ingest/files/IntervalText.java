package io.mlpool.ingest.files;

import io.mlpool.market.Interval;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The length of a candle as people write it: {@code 1h}, {@code 60min}, {@code 1D}, {@code daily}; {@code 1M} is a month. */
final class IntervalText {

    private static final Pattern NUMBERED = Pattern.compile("(\\d{1,4})([A-Za-z]+)");

    private IntervalText() {}

    static Optional<Duration> of(String word) {
        Matcher numbered = NUMBERED.matcher(word);
        if (numbered.matches()) {
            return unit(numbered.group(2)).map(unit -> unit.multipliedBy(Long.parseLong(numbered.group(1))));
        }
        return switch (word.toLowerCase(Locale.ROOT)) {
            case "d", "daily", "day" -> Optional.of(Duration.ofDays(1));
            case "h", "hourly", "hour" -> Optional.of(Duration.ofHours(1));
            case "minute" -> Optional.of(Duration.ofMinutes(1));
            case "weekly", "week" -> Optional.of(Duration.ofDays(7));
            case "monthly", "month" -> Optional.of(Duration.ofDays(30));
            default -> Optional.empty();
        };
    }

    /** The interval of that length, if candles of it are kept. */
    static Optional<Interval> known(Duration length) {
        return Arrays.stream(Interval.values())
                .filter(interval -> interval.duration().equals(length))
                .findFirst();
    }

    private static Optional<Duration> unit(String unit) {
        if (unit.equals("M")) {
            return Optional.of(Duration.ofDays(30));
        }
        return switch (unit.toLowerCase(Locale.ROOT)) {
            case "s", "sec" -> Optional.of(Duration.ofSeconds(1));
            case "m", "min", "minute", "minutes" -> Optional.of(Duration.ofMinutes(1));
            case "h", "hour", "hours", "hr" -> Optional.of(Duration.ofHours(1));
            case "d", "day", "days" -> Optional.of(Duration.ofDays(1));
            case "w", "week" -> Optional.of(Duration.ofDays(7));
            default -> Optional.empty();
        };
    }
}
