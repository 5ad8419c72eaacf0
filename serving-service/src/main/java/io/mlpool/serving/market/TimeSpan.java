package io.mlpool.serving.market;

import io.mlpool.errors.InvalidRequestException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The time that a query is about, within the times that PostgreSQL knows.
 *
 * @param from inclusive
 * @param to exclusive
 */
public record TimeSpan(Instant from, Instant to) {

    private static final Instant BEGINNING = Instant.parse("0000-01-01T00:00:00Z");
    private static final Instant END = Instant.parse("9999-12-31T23:59:59.999999Z");

    /**
     * The span between two query parameters; an absent one leaves it open on that side.
     *
     * @throws InvalidRequestException when one lies outside of the years 0 to 9999, which RFC 3339 knows
     */
    public static TimeSpan between(@Nullable Instant from, @Nullable Instant to) {
        return new TimeSpan(within("from", from, BEGINNING), within("to", to, END));
    }

    /** The part of it before this time; all of it when there is none. */
    public TimeSpan before(@Nullable Instant time) {
        return time == null || time.isAfter(to) ? this : new TimeSpan(from, time);
    }

    private static Instant within(String name, @Nullable Instant time, Instant otherwise) {
        if (time != null && (time.isBefore(BEGINNING) || time.isAfter(END))) {
            throw InvalidRequestException.of(
                    "value_error",
                    List.of("query", name),
                    "must lie between %s and %s".formatted(BEGINNING, END),
                    time.toString());
        }
        return time == null ? otherwise : time;
    }
}
