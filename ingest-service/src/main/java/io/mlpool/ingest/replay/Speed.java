package io.mlpool.ingest.replay;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How much faster than it happened a recording is played.
 *
 * @param factor at least 1; infinite for {@code max}
 */
public record Speed(double factor) {

    public static final Speed MAX = new Speed(Double.POSITIVE_INFINITY);

    private static final Pattern TEXT = Pattern.compile("(\\d{1,6}(?:\\.\\d{1,3})?)x");

    public Speed {
        if (!(factor >= 1)) {
            throw new IllegalArgumentException("a speed must be at least 1x, found " + factor);
        }
    }

    /** Reads {@code 1x}, {@code 60x}, {@code max}. */
    public static Speed of(String text) {
        if ("max".equals(text)) {
            return MAX;
        }
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    "a speed must look like 1x, 60x, 3600x or max, found '%s'".formatted(text));
        }
        return new Speed(Double.parseDouble(matcher.group(1)));
    }

    /** How long it takes to play what took {@code recorded}, to the millisecond. */
    Duration toPlay(Duration recorded) {
        return Duration.ofMillis(Math.round(recorded.toMillis() / factor));
    }

    @Override
    public String toString() {
        return this.equals(MAX) ? "max" : factor + "x";
    }
}
