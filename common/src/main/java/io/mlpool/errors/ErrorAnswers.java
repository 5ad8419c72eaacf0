package io.mlpool.errors;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.Optional;
import org.apache.tomcat.util.http.InvalidParameterException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.TypeMismatchException;
import org.springframework.core.NestedRuntimeException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.TransactionSystemException;
import org.springframework.web.HttpMediaTypeNotAcceptableException;
import org.springframework.web.HttpMediaTypeNotSupportedException;
import org.springframework.web.bind.MethodArgumentNotValidException;
import org.springframework.web.bind.MissingServletRequestParameterException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;
import org.springframework.web.context.request.ServletWebRequest;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.method.annotation.HandlerMethodValidationException;
import org.springframework.web.multipart.MultipartException;
import org.springframework.web.multipart.support.MissingServletRequestPartException;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;
import org.springframework.web.servlet.resource.NoResourceFoundException;

/**
 * Every refusal as FastAPI words it: 422 with a list of what is wrong where, everything else with one sentence. Bodies are JSON
 * whatever the caller would have liked.
 */
@RestControllerAdvice
final class ErrorAnswers extends ResponseEntityExceptionHandler {

    /** Response header with the id under which a request stands in the log. */
    private static final String REQUEST_ID = "X-Request-ID";

    private static final Logger LOG = LoggerFactory.getLogger(ErrorAnswers.class);

    private final JsonReading reading;

    ErrorAnswers(JsonReading reading) {
        this.reading = reading;
    }

    @ExceptionHandler
    ResponseEntity<Object> handle(InvalidRequestException e) {
        return unprocessable(e.details());
    }

    @ExceptionHandler
    ResponseEntity<Object> handle(RefusedException e) {
        HttpHeaders headers = new HttpHeaders();
        e.retryAfter().ifPresent(wait -> headers.set(HttpHeaders.RETRY_AFTER, Long.toString(wait.toSeconds())));
        return answer(headers, HttpStatusCode.valueOf(e.status()), String.valueOf(e.getMessage()));
    }

    @ExceptionHandler
    ResponseEntity<Object> handle(BodyRefusedException e) {
        return answer(new HttpHeaders(), HttpStatusCode.valueOf(e.status()), e.message());
    }

    @ExceptionHandler({
        DataAccessResourceFailureException.class,
        TransientDataAccessException.class,
        CannotCreateTransactionException.class,
        TransactionSystemException.class
    })
    ResponseEntity<Object> handleLostDatabase(NestedRuntimeException e, HttpServletResponse response) {
        requireUnanswered(e, response);
        LOG.warn("A request was answered with 503, the database does not answer: {}", e.getMessage());
        HttpHeaders headers = new HttpHeaders();
        headers.set(HttpHeaders.RETRY_AFTER, "5");
        return answer(headers, HttpStatus.SERVICE_UNAVAILABLE, "the database does not answer, try again later");
    }

    /** Forms and uploads that the container cannot take apart. */
    @ExceptionHandler
    ResponseEntity<Object> handle(MultipartException e) {
        return answer(new HttpHeaders(), HttpStatus.BAD_REQUEST, "There was an error parsing the body");
    }

    /** Parameters that it cannot take apart: of the query, or of a form. */
    @ExceptionHandler
    ResponseEntity<Object> handle(InvalidParameterException e) {
        return answer(
                new HttpHeaders(),
                HttpStatus.BAD_REQUEST,
                "the parameters cannot be read: escapes are % and two digits, and spell UTF-8, such as %C3%A9");
    }

    @ExceptionHandler
    ResponseEntity<Object> handleUnexpected(Exception e, HttpServletResponse response) throws Exception {
        requireUnanswered(e, response);
        return unexpected(e, response);
    }

    private static ResponseEntity<Object> unexpected(Exception e, @Nullable HttpServletResponse response) {
        LOG.error(
                "A request was answered with 500, request id {}",
                response == null ? "unknown" : response.getHeader(REQUEST_ID),
                e);
        return answer(
                new HttpHeaders(),
                HttpStatus.INTERNAL_SERVER_ERROR,
                HttpStatus.INTERNAL_SERVER_ERROR.getReasonPhrase());
    }

    @Override
    protected ResponseEntity<Object> handleHttpMessageNotReadable(
            HttpMessageNotReadableException e, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof BodyRefusedException refused) {
                return handle(refused);
            }
        }
        return unprocessable(reading.problems(e));
    }

    @Override
    protected ResponseEntity<Object> handleMethodArgumentNotValid(
            MethodArgumentNotValidException e, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        return unprocessable(BrokenConstraints.of(List.of("body"), e));
    }

    @Override
    protected ResponseEntity<Object> handleHandlerMethodValidationException(
            HandlerMethodValidationException e, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        return unprocessable(BrokenConstraints.of(e));
    }

    @Override
    protected ResponseEntity<Object> handleMissingServletRequestParameter(
            MissingServletRequestParameterException e, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        return unprocessable(List.of(missing("query", e.getParameterName())));
    }

    @Override
    protected ResponseEntity<Object> handleMissingServletRequestPart(
            MissingServletRequestPartException e, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        return unprocessable(List.of(missing("body", e.getRequestPartName())));
    }

    @Override
    protected ResponseEntity<Object> handleTypeMismatch(
            TypeMismatchException e, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        return unprocessable(List.of(WrongParameter.detail(e)));
    }

    @Override
    protected ResponseEntity<Object> handleHttpMediaTypeNotSupported(
            HttpMediaTypeNotSupportedException e, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        return answer(headers, status, MediaWords.notRead(e));
    }

    @Override
    protected ResponseEntity<Object> handleHttpMediaTypeNotAcceptable(
            HttpMediaTypeNotAcceptableException e, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        return answer(headers, status, MediaWords.notWritten(e));
    }

    @Override
    protected ResponseEntity<Object> handleNoResourceFoundException(
            NoResourceFoundException e, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        return answer(
                headers,
                status,
                Refusals.nothingAt(
                        called().map(HttpServletRequest::getRequestURI).orElse("")));
    }

    /** All others of Spring MVC: 405, 413 by their standard phrase. */
    @Override
    protected ResponseEntity<Object> handleExceptionInternal(
            Exception e, @Nullable Object body, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        if (status.is5xxServerError() && status.value() != HttpStatus.SERVICE_UNAVAILABLE.value()) {
            return unexpected(e, ((ServletWebRequest) request).getResponse());
        }
        return answer(headers, status, HttpStatus.valueOf(status.value()).getReasonPhrase());
    }

    /**
     * An answer that is on its way cannot become a refusal any more. Thrown on, the exception reaches the container, which breaks the
     * connection: a stream that was cut off must not look as if it had ended.
     */
    private static <E extends Exception> void requireUnanswered(E e, HttpServletResponse response) throws E {
        if (response.isCommitted()) {
            throw e;
        }
    }

    private static ErrorDetail missing(String place, String name) {
        return ErrorDetail.missing(List.of(place, name));
    }

    private static ResponseEntity<Object> unprocessable(List<ErrorDetail> details) {
        return answer(new HttpHeaders(), HttpStatus.UNPROCESSABLE_CONTENT, details);
    }

    /** Spring's own headers may be read-only. */
    private static ResponseEntity<Object> answer(HttpHeaders headers, HttpStatusCode status, Object detail) {
        Dialect dialect = dialect();
        return ResponseEntity.status(dialect.status(status.value()))
                .headers(headers)
                .contentType(MediaType.APPLICATION_JSON)
                .body(dialect.body(status.value(), detail));
    }

    private static Dialect dialect() {
        return called().map(request -> Dialect.of(request.getRequestURI())).orElse(Dialect.FASTAPI);
    }

    private static Optional<HttpServletRequest> called() {
        return RequestContextHolder.getRequestAttributes() instanceof ServletRequestAttributes attributes
                ? Optional.of(attributes.getRequest())
                : Optional.empty();
    }
}
