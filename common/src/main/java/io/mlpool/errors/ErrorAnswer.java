package io.mlpool.errors;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

/** The answer to a request that is refused or failed: JSON in the dialect of its path, whatever the caller would have liked. */
final class ErrorAnswer {

    /** Response header with the id under which a request stands in the log. */
    private static final String REQUEST_ID = "X-Request-ID";

    private static final Logger LOG = LoggerFactory.getLogger(ErrorAnswer.class);

    private ErrorAnswer() {}

    static ResponseEntity<Object> unprocessable(List<ErrorDetail> details) {
        return of(new HttpHeaders(), HttpStatus.UNPROCESSABLE_CONTENT, details);
    }

    /** Spring's own headers may be read-only. */
    static ResponseEntity<Object> of(HttpHeaders headers, HttpStatusCode status, Object detail) {
        Dialect dialect = dialect();
        return ResponseEntity.status(dialect.status(status.value()))
                .headers(headers)
                .contentType(MediaType.APPLICATION_JSON)
                .body(dialect.body(status.value(), detail));
    }

    /** What failed stands in the log; the caller is told nothing of it. */
    static ResponseEntity<Object> unexpected(Exception e, @Nullable HttpServletResponse response) {
        LOG.error(
                "A request was answered with 500, request id {}",
                response == null ? "unknown" : response.getHeader(REQUEST_ID),
                e);
        return of(
                new HttpHeaders(),
                HttpStatus.INTERNAL_SERVER_ERROR,
                HttpStatus.INTERNAL_SERVER_ERROR.getReasonPhrase());
    }

    /**
     * An answer that is on its way cannot become a refusal any more. Thrown on, the exception reaches the container, which breaks the
     * connection: a stream that was cut off must not look as if it had ended.
     */
    static <E extends Exception> void requireUnanswered(E e, HttpServletResponse response) throws E {
        if (response.isCommitted()) {
            throw e;
        }
    }

    private static Dialect dialect() {
        return request().map(request -> Dialect.of(request.getRequestURI())).orElse(Dialect.FASTAPI);
    }

    /** The one that is being answered. */
    static Optional<HttpServletRequest> request() {
        return RequestContextHolder.getRequestAttributes() instanceof ServletRequestAttributes attributes
                ? Optional.of(attributes.getRequest())
                : Optional.empty();
    }
}
