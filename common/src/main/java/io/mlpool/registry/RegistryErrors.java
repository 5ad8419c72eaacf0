package io.mlpool.registry;

import io.mlpool.mlflow.MlflowException;
import java.util.Map;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/** A request that needs the registry while it is away, or room on the disk for what it gives, is told so and may come again. */
@RestControllerAdvice
@Order(Ordered.HIGHEST_PRECEDENCE)
final class RegistryErrors {

    private static final String SECONDS = "10";

    @ExceptionHandler
    ResponseEntity<Map<String, String>> away(MlflowException e) {
        return unavailable("the model registry is not available: " + e.getMessage());
    }

    @ExceptionHandler
    ResponseEntity<Map<String, String>> noRoom(BundleNotKeptException e) {
        return unavailable(String.valueOf(e.getMessage()));
    }

    private static ResponseEntity<Map<String, String>> unavailable(String detail) {
        return ResponseEntity.status(HttpStatus.SERVICE_UNAVAILABLE)
                .header(HttpHeaders.RETRY_AFTER, SECONDS)
                .body(Map.of("detail", detail));
    }
}
