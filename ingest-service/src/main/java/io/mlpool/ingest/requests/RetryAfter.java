package io.mlpool.ingest.requests;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/** The header {@code retry-after} of RFC 9110: seconds or a date. */
public final class RetryAfter {

    private static final long LONGEST_SECONDS = Duration.ofHours(1).toSeconds();

    private RetryAfter() {}

    /** How long to wait from {@code now} on, at most an hour; null when the header is missing or says nothing of use. */
    public static @Nullable Duration read(@Nullable String header, Instant now) {
        if (header == null || header.isBlank()) {
            return null;
        }
        Long seconds = seconds(header.strip(), now);
        return seconds == null ? null : Duration.ofSeconds(Math.clamp(seconds, 0, LONGEST_SECONDS));
    }

    private static @Nullable Long seconds(String header, Instant now) {
        try {
            if (header.chars().allMatch(c -> c >= '0' && c <= '9')) {
                return header.length() > 9 ? LONGEST_SECONDS : Long.parseLong(header);
            }
            Instant date = ZonedDateTime.parse(header, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
            return now.until(date).toSeconds();
        } catch (DateTimeException e) {
            return null;
        }
    }
}
