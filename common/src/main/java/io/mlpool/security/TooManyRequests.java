package io.mlpool.security;

import io.mlpool.errors.Refusals;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/** The refusal of who asks too much. */
final class TooManyRequests {

    private TooManyRequests() {}

    /** Counts the request against its limit, if it has one; a request over it is answered here. */
    static boolean admits(@Nullable RateLimit limit, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        if (limit == null) {
            return true;
        }
        RateLimit.Admission admission = limit.admit(response);
        if (!admission.granted()) {
            response.setIntHeader("Retry-After", admission.seconds());
            Refusals.write(request, response, HttpStatus.TOO_MANY_REQUESTS.value(), message(request, limit, admission));
        }
        return admission.granted();
    }

    private static String message(HttpServletRequest request, RateLimit limit, RateLimit.Admission admission) {
        Caller caller = Caller.of(request);
        return "too many requests: %s may send %,d a minute; ask again in %d s"
                .formatted(
                        caller.equals(Caller.ANONYMOUS)
                                ? "an address without a valid key"
                                : "the key '" + caller.name() + "'",
                        limit.perMinute(),
                        admission.seconds());
    }
}
