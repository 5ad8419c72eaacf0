package io.mlpool.errors;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.servlet.HandlerInterceptor;

/** Bodies are read as they are: what is compressed would only be called malformed. */
final class EncodedBodies implements HandlerInterceptor {

    private static final String NONE = "identity";

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        String encoding = request.getHeader(HttpHeaders.CONTENT_ENCODING);
        if (isEncoded(encoding)) {
            response.setHeader(HttpHeaders.ACCEPT_ENCODING, NONE);
            throw new RefusedException(
                    HttpStatus.UNSUPPORTED_MEDIA_TYPE.value(),
                    "a body with Content-Encoding: %s is not read, send it as it is, without that header"
                            .formatted(encoding));
        }
        return true;
    }

    private static boolean isEncoded(@Nullable String encoding) {
        return encoding != null && !encoding.isBlank() && !NONE.equalsIgnoreCase(encoding.strip());
    }
}
