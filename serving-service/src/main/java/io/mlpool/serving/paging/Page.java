package io.mlpool.serving.paging;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;

/**
 * Some of a list.
 *
 * @param next where the next page begins; empty on the last one
 */
public record Page<T>(List<T> items, Optional<Cursor> next) {

    public Page {
        items = List.copyOf(items);
    }

    /**
     * The first {@code limit} of the items that were found, by asking for one more than that.
     *
     * @param place where an item stands in the list
     */
    public static <T> Page<T> of(List<T> found, int limit, Function<T, Cursor> place) {
        if (found.size() <= limit) {
            return new Page<>(found, Optional.empty());
        }
        List<T> items = found.subList(0, limit);
        return new Page<>(items, Optional.of(place.apply(items.getLast())));
    }

    /** For the body: null on the last page. */
    public @Nullable String nextCursor() {
        return next.map(Cursor::text).orElse(null);
    }

    /** The answer with this body, and with a link to the next page of the request at hand. */
    public <B> ResponseEntity<B> answer(B body) {
        ResponseEntity.BodyBuilder answer = ResponseEntity.ok();
        next.ifPresent(cursor -> answer.header(HttpHeaders.LINK, "<%s>; rel=\"next\"".formatted(link(cursor))));
        return answer.body(body);
    }

    /** Without a host: whichever name and proxy led to this page leads to the next. */
    private static String link(Cursor cursor) {
        ServletUriComponentsBuilder next = ServletUriComponentsBuilder.fromCurrentRequest();
        next.replaceQueryParam("cursor", cursor.text());
        return next.scheme(null).host(null).port(null).build().toUriString();
    }
}
