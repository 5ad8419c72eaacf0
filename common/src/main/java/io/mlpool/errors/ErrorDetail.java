package io.mlpool.errors;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One thing that is wrong with a request, in FastAPI's shape.
 *
 * @param type stable name of the error for programs: {@code missing}, {@code greater_than}
 * @param loc where: {@code body}, {@code query} or {@code path}, then field names and list positions
 * @param msg what is wrong and what is allowed, for people
 * @param input what was found, when that can be shown
 * @param ctx the numbers of the message, for programs: {@code max_length}; absent when it has none
 */
@Schema(name = "ValidationError")
public record ErrorDetail(
        String type,
        List<Object> loc,
        String msg,
        @Nullable Object input,

        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Map<String, Object> ctx) {

    public ErrorDetail {
        loc = List.copyOf(loc);
    }

    public ErrorDetail(String type, List<Object> loc, String msg, @Nullable Object input) {
        this(type, loc, msg, input, null);
    }

    /** A field that must be there and is not. */
    static ErrorDetail missing(List<Object> loc) {
        return new ErrorDetail("missing", loc, "Field required", null);
    }

    /** The list there has more items than are taken. */
    public static ErrorDetail tooLong(List<Object> loc, int most, int found) {
        return listLength("too_long", loc, "at most", most, "max_length", found);
    }

    /** The list there has fewer items than are needed. */
    public static ErrorDetail tooShort(List<Object> loc, int least, int found) {
        return listLength("too_short", loc, "at least", least, "min_length", found);
    }

    /** The same error of a document that is a part of another. */
    public ErrorDetail within(List<Object> place) {
        List<Object> whole = new ArrayList<>(place);
        whole.addAll(loc.subList(1, loc.size()));
        return new ErrorDetail(type, whole, msg, input, ctx);
    }

    private static ErrorDetail listLength(
            String type, List<Object> loc, String bound, int allowed, String name, int found) {
        String message = "List should have %s %d item%s after validation, not %d"
                .formatted(bound, allowed, allowed == 1 ? "" : "s", found);
        return new ErrorDetail(
                type,
                loc,
                message,
                found == 0 ? List.of() : null,
                Map.of("field_type", "List", name, allowed, "actual_length", found));
    }
}
