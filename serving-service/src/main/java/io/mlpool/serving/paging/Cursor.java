package io.mlpool.serving.paging;

import io.mlpool.errors.InvalidRequestException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Where a page ended, as callers send it back: opaque to them. What is added meanwhile does not move it.
 *
 * @param parts that name the last thing of the page
 */
public record Cursor(List<String> parts) {

    private static final String SEPARATOR = "\n";

    public Cursor {
        parts = List.copyOf(parts);
    }

    /** Behind the thing with this key. */
    public static Cursor behind(Object... key) {
        return new Cursor(java.util.Arrays.stream(key).map(Object::toString).toList());
    }

    /** As it stands in answers and in the query parameter {@code cursor}. */
    public String text() {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(String.join(SEPARATOR, parts).getBytes(StandardCharsets.UTF_8));
    }

    /**
     * What a caller's cursor says, null for none.
     *
     * @param read makes the key of the parts; throws when they are none
     * @throws InvalidRequestException when it is no cursor of this call
     */
    public static <T> @Nullable T read(@Nullable String text, Function<List<String>, T> read) {
        if (text == null) {
            return null;
        }
        try {
            byte[] bytes = Base64.getUrlDecoder().decode(text);
            return read.apply(List.of(new String(bytes, StandardCharsets.UTF_8).split(SEPARATOR, -1)));
        } catch (RuntimeException e) {
            throw InvalidRequestException.of(
                    "value_error",
                    List.of("query", "cursor"),
                    "Input should be the next_cursor of an answer to this call",
                    text);
        }
    }
}
