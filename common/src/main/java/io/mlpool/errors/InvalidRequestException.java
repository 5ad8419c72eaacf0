package io.mlpool.errors;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/** A request that cannot be carried out as it is; answered with 422 and all that is wrong with it. */
public final class InvalidRequestException extends RuntimeException {

    private final List<ErrorDetail> details;

    public InvalidRequestException(List<ErrorDetail> details) {
        super(details.toString());
        this.details = List.copyOf(details);
    }

    /** One wrong field: {@code loc} as in {@link ErrorDetail}. */
    public static InvalidRequestException of(String type, List<Object> loc, String msg, @Nullable Object input) {
        return new InvalidRequestException(List.of(new ErrorDetail(type, loc, msg, input)));
    }

    /** What is wrong with a piece of JSON that was read by hand; the location begins with {@code body}. */
    public static InvalidRequestException of(JacksonException e) {
        return new InvalidRequestException(List.of(UnreadableBody.detail(e)));
    }

    public List<ErrorDetail> details() {
        return details;
    }
}
