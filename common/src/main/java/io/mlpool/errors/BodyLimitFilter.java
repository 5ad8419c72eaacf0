package io.mlpool.errors;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Stops bodies over the limit, by their announced length before a byte is read, chunked ones while they are read; and bodies that do not come
 * in time.
 */
@Order(Ordered.HIGHEST_PRECEDENCE + 20)
final class BodyLimitFilter extends OncePerRequestFilter {

    private final long limit;
    private final Duration time;

    BodyLimitFilter(BodyLimitProperties properties) {
        limit = properties.limit().toBytes();
        time = properties.time();
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return isMultipart(request.getContentType());
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (request.getContentLengthLong() > limit) {
            Refusals.write(
                    request,
                    response,
                    HttpStatus.CONTENT_TOO_LARGE.value(),
                    BodyRefusedException.tooLargeMessage(limit));
        } else {
            read(request, response, chain);
        }
    }

    /** What the limits stop while another filter reads; Spring MVC answers for what is read behind it. */
    private void read(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        try {
            chain.doFilter(new LimitedRequest(request, limit, time), response);
        } catch (BodyRefusedException e) {
            if (!response.isCommitted()) {
                Refusals.write(request, response, e.status(), e.message());
            } else if (response.getStatus() != e.status()) { // Tomcat itself answers who is too slow
                throw e;
            }
        }
    }

    private static boolean isMultipart(@Nullable String contentType) {
        return contentType != null && contentType.regionMatches(true, 0, "multipart/", 0, "multipart/".length());
    }
}
