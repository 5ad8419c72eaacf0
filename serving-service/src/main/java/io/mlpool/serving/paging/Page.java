package io.mlpool.serving.paging;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;

/**
 * A part of a long list.
 *
 * @param next where the next page begins; empty on the last
 */
public record Page<T>(List<T> items, Optional<Cursor> next) {

    public Page {
        items = List.copyOf(items);
    }

    /** Makes a page of up to {@code limit} things, of which one more was asked for to see whether there are more. */
    public static <T> Page<T> of(List<T> oneMore, int limit, Function<T, Cursor> behind) {
        if (oneMore.size() <= limit) {
            return new Page<>(oneMore, Optional.empty());
        }
        List<T> items = oneMore.subList(0, limit);
        return new Page<>(items, Optional.of(behind.apply(items.getLast())));
    }

    /** The answer with this body and, where there is a next page, its address in the header {@code Link} (RFC 8288). */
    public <B> ResponseEntity<B> answer(B body) {
        ResponseEntity.BodyBuilder answer = ResponseEntity.ok();
        next.ifPresent(cursor -> answer.header(HttpHeaders.LINK, "<%s>; rel=\"next\"".formatted(address(cursor))));
        return answer.body(body);
    }

    private static String address(Cursor cursor) {
        return ServletUriComponentsBuilder.fromCurrentRequest()
                .scheme(null)
                .host(null)
                .port(null)
                .replaceQueryParam("cursor", cursor.text())
                .build()
                .toUriString();
    }
}
