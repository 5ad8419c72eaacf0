package io.mlpool.serving.keys;

import io.mlpool.errors.InvalidRequestException;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.convert.DurationStyle;

/**
 * How a key is to be rotated.
 *
 * @param grace how long the secrets before it still count; a day when nothing is said
 */
record RotationRequest(
        @Schema(
                description = "How long the old secret still counts: 30m, 24h, 7d; 0 for not at all. Default: 24h",
                example = "24h")
        @Nullable String grace) {

    private static final Duration USUAL = Duration.ofDays(1);
    private static final Duration LONGEST = Duration.ofDays(90);

    /**
     * How long the secrets before it still count.
     *
     * @throws InvalidRequestException when grace is none of 0 to 90 days; only here can it be told which field that is
     */
    Duration duration() {
        if (grace == null) {
            return USUAL;
        }
        Duration read = read(grace);
        if (read.isNegative() || read.compareTo(LONGEST) > 0) {
            throw refused("grace must be from 0 to 90d", grace);
        }
        return read;
    }

    private static Duration read(String grace) {
        try {
            return DurationStyle.detectAndParse(grace);
        } catch (IllegalArgumentException | ArithmeticException _) {
            throw refused("grace must be a duration such as 30m, 24h or 7d", grace);
        }
    }

    private static InvalidRequestException refused(String rule, String found) {
        return InvalidRequestException.of(
                "value_error", List.of("body", "grace"), "Value error, %s, found '%s'".formatted(rule, found), found);
    }
}
