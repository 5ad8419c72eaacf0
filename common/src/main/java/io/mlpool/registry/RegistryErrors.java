package io.mlpool.registry;

import io.mlpool.errors.Refusals;
import io.mlpool.mlflow.MlflowException;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/** A request that needs the registry while it is away, or room on the disk for what it gives, is told so and may come again. */
@RestControllerAdvice
@Order(Ordered.HIGHEST_PRECEDENCE)
final class RegistryErrors {

    private static final Logger LOG = LoggerFactory.getLogger(RegistryErrors.class);
    private static final int SECONDS = 10;

    @ExceptionHandler
    ResponseEntity<Map<String, Object>> away(MlflowException e, HttpServletRequest request) {
        LOG.warn("A request was answered with 503, the model registry is not available: {}", e.getMessage());
        return Refusals.unavailable(request, "the model registry is not available, try again later", SECONDS);
    }

    @ExceptionHandler
    ResponseEntity<Map<String, Object>> noRoom(BundleNotKeptException e, HttpServletRequest request) {
        LOG.warn("A request was answered with 503: {}", e.getMessage());
        return Refusals.unavailable(
                request, "the service has no room to keep the model: make room there, its log says where", SECONDS);
    }
}
