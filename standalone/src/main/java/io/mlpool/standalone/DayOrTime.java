package io.mlpool.standalone;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;

/** A time as an option takes it: a day, which stands for its first moment in UTC, or a time in UTC. */
final class DayOrTime {

    private DayOrTime() {}

    static Instant of(String option, String text) {
        try {
            return text.contains("T")
                    ? Instant.parse(text)
                    : LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant();
        } catch (DateTimeParseException e) {
            throw new MlpoolException(
                    "%s must be a day like 2026-01-31 or a time like 2026-01-31T13:00:00Z, found %s"
                            .formatted(option, text),
                    e);
        }
    }
}
