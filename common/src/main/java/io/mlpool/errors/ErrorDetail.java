package io.mlpool.errors;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One thing that is wrong with a request, in FastAPI's shape.
 *
 * @param type stable name of the error for programs: {@code missing}, {@code greater_than}
 * @param loc where: {@code body}, {@code query} or {@code path}, then field names and list positions
 * @param msg what is wrong and what is allowed, for people
 * @param input what was found, when that can be shown
 */
@Schema(name = "ValidationError")
public record ErrorDetail(
        String type, List<Object> loc, String msg, @Nullable Object input) {

    public ErrorDetail {
        loc = List.copyOf(loc);
    }
}
