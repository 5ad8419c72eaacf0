package io.mlpool.errors;

import java.util.List;
import org.jspecify.annotations.Nullable;

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

    public List<ErrorDetail> details() {
        return details;
    }
}
