package io.mlpool.errors;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
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
import org.springframework.web.context.request.ServletWebRequest;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.method.annotation.HandlerMethodValidationException;
import org.springframework.web.multipart.MultipartException;
import org.springframework.web.multipart.support.MissingServletRequestPartException;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;
import org.springframework.web.servlet.resource.NoResourceFoundException;

/** Every refusal as FastAPI words it: 422 with a list of what is wrong where, everything else with one sentence. */
@RestControllerAdvice
final class ErrorAnswers extends ResponseEntityExceptionHandler {

    private static final Logger LOG = LoggerFactory.getLogger(ErrorAnswers.class);

    private final JsonReading reading;

    ErrorAnswers(JsonReading reading) {
        this.reading = reading;
    }

    @ExceptionHandler
    ResponseEntity<Object> handle(InvalidRequestException e) {
        return ErrorAnswer.unprocessable(e.details());
    }

    @ExceptionHandler
    ResponseEntity<Object> handle(RefusedException e) {
        HttpHeaders headers = new HttpHeaders();
        e.retryAfter().ifPresent(wait -> headers.set(HttpHeaders.RETRY_AFTER, Long.toString(wait.toSeconds())));
        return ErrorAnswer.of(headers, HttpStatusCode.valueOf(e.status()), String.valueOf(e.getMessage()));
    }

    @ExceptionHandler
    ResponseEntity<Object> handle(BodyRefusedException e) {
        return ErrorAnswer.of(new HttpHeaders(), HttpStatusCode.valueOf(e.status()), e.message());
    }

    @ExceptionHandler({
        DataAccessResourceFailureException.class,
        TransientDataAccessException.class,
        CannotCreateTransactionException.class,
        TransactionSystemException.class
    })
    ResponseEntity<Object> handleLostDatabase(NestedRuntimeException e, HttpServletResponse response) {
        ErrorAnswer.requireUnanswered(e, response);
        LOG.warn("A request was answered with 503, the database does not answer: {}", e.getMessage());
        HttpHeaders headers = new HttpHeaders();
        headers.set(HttpHeaders.RETRY_AFTER, "5");
        return ErrorAnswer.of(headers, HttpStatus.SERVICE_UNAVAILABLE, "the database does not answer, try again later");
    }

    /** Forms and uploads that the container cannot take apart. */
    @ExceptionHandler
    ResponseEntity<Object> handle(MultipartException e) {
        return ErrorAnswer.of(new HttpHeaders(), HttpStatus.BAD_REQUEST, "There was an error parsing the body");
    }

    /** Parameters that it cannot take apart: of the query, or of a form. */
    @ExceptionHandler
    ResponseEntity<Object> handle(InvalidParameterException e) {
        return ErrorAnswer.of(
                new HttpHeaders(),
                HttpStatus.BAD_REQUEST,
                "the parameters cannot be read: escapes are % and two digits, and spell UTF-8, such as %C3%A9");
    }

    @ExceptionHandler
    ResponseEntity<Object> handleUnexpected(Exception e, HttpServletResponse response) throws Exception {
        ErrorAnswer.requireUnanswered(e, response);
        return ErrorAnswer.unexpected(e, response);
    }

    @Override
    protected ResponseEntity<Object> handleHttpMessageNotReadable(
            HttpMessageNotReadableException e, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof BodyRefusedException refused) {
                return handle(refused);
            }
        }
        return ErrorAnswer.unprocessable(reading.problems(e));
    }

    @Override
    protected ResponseEntity<Object> handleMethodArgumentNotValid(
            MethodArgumentNotValidException e, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        return ErrorAnswer.unprocessable(BrokenConstraints.of(List.of("body"), e));
    }

    @Override
    protected ResponseEntity<Object> handleHandlerMethodValidationException(
            HandlerMethodValidationException e, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        return ErrorAnswer.unprocessable(BrokenConstraints.of(e));
    }

    @Override
    protected ResponseEntity<Object> handleMissingServletRequestParameter(
            MissingServletRequestParameterException e, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        return ErrorAnswer.unprocessable(List.of(missing("query", e.getParameterName())));
    }

    @Override
    protected ResponseEntity<Object> handleMissingServletRequestPart(
            MissingServletRequestPartException e, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        return ErrorAnswer.unprocessable(List.of(missing("body", e.getRequestPartName())));
    }

    @Override
    protected ResponseEntity<Object> handleTypeMismatch(
            TypeMismatchException e, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        return ErrorAnswer.unprocessable(List.of(WrongParameter.detail(e)));
    }

    @Override
    protected ResponseEntity<Object> handleHttpMediaTypeNotSupported(
            HttpMediaTypeNotSupportedException e, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        return ErrorAnswer.of(headers, status, MediaWords.notRead(e));
    }

    @Override
    protected ResponseEntity<Object> handleHttpMediaTypeNotAcceptable(
            HttpMediaTypeNotAcceptableException e, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        return ErrorAnswer.of(headers, status, MediaWords.notWritten(e));
    }

    @Override
    protected ResponseEntity<Object> handleNoResourceFoundException(
            NoResourceFoundException e, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        return ErrorAnswer.of(
                headers,
                status,
                Refusals.nothingAt(ErrorAnswer.request()
                        .map(HttpServletRequest::getRequestURI)
                        .orElse("")));
    }

    /** All others of Spring MVC: 405, 413 by their standard phrase. */
    @Override
    protected ResponseEntity<Object> handleExceptionInternal(
            Exception e, @Nullable Object body, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        if (status.is5xxServerError() && status.value() != HttpStatus.SERVICE_UNAVAILABLE.value()) {
            return ErrorAnswer.unexpected(e, ((ServletWebRequest) request).getResponse());
        }
        return ErrorAnswer.of(
                headers, status, HttpStatus.valueOf(status.value()).getReasonPhrase());
    }

    private static ErrorDetail missing(String place, String name) {
        return ErrorDetail.missing(List.of(place, name));
    }
}
