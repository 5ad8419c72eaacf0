package io.mlpool.errors;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import tools.jackson.databind.json.JsonMapper;

/** How a filter refuses, before Spring MVC is reached: the body that the protocol of the called path has for errors. */
public final class Refusals {

    private static final JsonMapper JSON = JsonMapper.shared();

    private Refusals() {}

    /** For Spring MVC: 503, to be tried again after so many seconds. */
    public static ResponseEntity<Map<String, Object>> unavailable(
            HttpServletRequest request, String message, int seconds) {
        int status = HttpStatus.SERVICE_UNAVAILABLE.value();
        return ResponseEntity.status(status)
                .header(HttpHeaders.RETRY_AFTER, Integer.toString(seconds))
                .contentType(MediaType.APPLICATION_JSON)
                .body(Dialect.of(request.getRequestURI()).body(status, message));
    }

    /** What 404 says of a path where nothing is; one with a slash too many is told so. */
    public static String nothingAt(String path) {
        boolean slash = path.length() > 1 && path.endsWith("/");
        return slash
                ? "Not Found: paths have no slash at their end here, is %s meant?".formatted(path.replaceAll("/+$", ""))
                : HttpStatus.NOT_FOUND.getReasonPhrase();
    }

    /** Writes the whole answer; headers such as {@code Retry-After} are set before. */
    public static void write(HttpServletRequest request, HttpServletResponse response, int status, String message)
            throws IOException {
        byte[] body = JSON.writeValueAsBytes(Dialect.of(request.getRequestURI()).body(status, message));
        response.setStatus(status);
        response.setContentType(MediaType.APPLICATION_JSON_VALUE);
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }
}
