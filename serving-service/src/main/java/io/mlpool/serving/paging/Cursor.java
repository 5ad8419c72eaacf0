package io.mlpool.serving.paging;

import io.mlpool.errors.InvalidRequestException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * The place behind the last item of a page, as an opaque text. It names that item's key, not a number of items, so that what is
 * added or removed in front of it shifts nothing.
 *
 * @param list what is paged through, so that a cursor of one list is not taken for that of another
 * @param key of the last item, in the order of the list
 */
public record Cursor(String list, List<String> key) {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final Instant EARLIEST = Instant.parse("0000-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");

    public Cursor {
        key = List.copyOf(key);
    }

    public static Cursor after(String list, Object... key) {
        return new Cursor(list, List.of(key).stream().map(Object::toString).toList());
    }

    /**
     * What the query parameter {@code cursor} means.
     *
     * @param size how many values the key has
     * @return null for null: the first page
     * @throws InvalidRequestException when it is no cursor of this list
     */
    public static @Nullable Cursor read(String list, int size, @Nullable String text) {
        if (text == null) {
            return null;
        }
        try {
            Cursor cursor = JSON.readValue(Base64.getUrlDecoder().decode(text), Cursor.class);
            if (cursor.list().equals(list) && cursor.key().size() == size && isStorable(cursor.key())) {
                return cursor;
            }
        } catch (IllegalArgumentException | NullPointerException | JacksonException _) {
            // Refused below, like every text that is none of ours.
        }
        throw invalid(text);
    }

    /** As it is sent. */
    public String text() {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(JSON.writeValueAsString(this).getBytes(StandardCharsets.UTF_8));
    }

    public String string(int position) {
        return key.get(position);
    }

    /** A time that PostgreSQL knows too. */
    public Instant time(int position) {
        Instant time = value(position, Instant::parse);
        if (time.isBefore(EARLIEST) || time.isAfter(LATEST)) {
            throw invalid(text());
        }
        return time;
    }

    public int number(int position) {
        return value(position, Integer::valueOf);
    }

    /** A finite number. */
    public double decimal(int position) {
        double number = value(position, Double::valueOf);
        if (!Double.isFinite(number)) {
            throw invalid(text());
        }
        return number;
    }

    public long bigNumber(int position) {
        return value(position, Long::valueOf);
    }

    public UUID uuid(int position) {
        return value(position, UUID::fromString);
    }

    private <T> T value(int position, Function<String, T> reading) {
        try {
            return reading.apply(key.get(position));
        } catch (IllegalArgumentException | DateTimeException _) {
            throw invalid(text());
        }
    }

    /** PostgreSQL has no texts with a zero in them. */
    private static boolean isStorable(List<String> key) {
        return key.stream().noneMatch(value -> value.indexOf('\0') >= 0);
    }

    private static InvalidRequestException invalid(String text) {
        return InvalidRequestException.of(
                "value_error",
                List.of("query", "cursor"),
                "Value error, must be the next_cursor of a page of this list, or absent for the first page",
                text.length() <= 100 ? text : text.substring(0, 100) + "...");
    }
}
