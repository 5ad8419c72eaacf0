package io.mlpool.serving.keys;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Duration;
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

    RotationRequest {
        Duration read = read(grace);
        if (read.isNegative() || read.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("grace must be from 0 to 90d, found '%s'".formatted(grace));
        }
    }

    Duration duration() {
        return read(grace);
    }

    private static Duration read(@Nullable String grace) {
        if (grace == null) {
            return USUAL;
        }
        try {
            return DurationStyle.detectAndParse(grace);
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw new IllegalArgumentException(
                    "grace must be a duration such as 30m, 24h or 7d, found '%s'".formatted(grace), e);
        }
    }
}
