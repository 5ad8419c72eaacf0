package io.mlpool.errors;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.http.HttpStatus;

/** How a protocol words its errors; it is known by the path that was called. */
enum Dialect {
    /** {@code {"detail": ...}}, the list of what is wrong where with 422. */
    FASTAPI {
        @Override
        Map<String, Object> body(int status, Object detail) {
            return Map.of("detail", detail);
        }
    },
    /** Open Inference Protocol v2: {@code {"error": "..."}}, wrong input is 400. */
    INFERENCE {
        @Override
        Map<String, Object> body(int status, Object detail) {
            return Map.of("error", sentence(detail));
        }
    },
    /** MLflow's scoring server: {@code {"error_code": "...", "message": "..."}}, wrong input is 400. */
    SCORING {
        @Override
        Map<String, Object> body(int status, Object detail) {
            HttpStatus known = HttpStatus.resolve(status);
            return Map.of("error_code", known == null ? "ERROR" : known.name(), "message", sentence(detail));
        }
    };

    private static final int UNPROCESSABLE = HttpStatus.UNPROCESSABLE_CONTENT.value();

    abstract Map<String, Object> body(int status, Object detail);

    static Dialect of(String path) {
        if (path.equals("/v2") || path.startsWith("/v2/")) {
            return INFERENCE;
        }
        return path.equals("/invocations") ? SCORING : FASTAPI;
    }

    /** The status that this protocol has for it. */
    int status(int status) {
        return this != FASTAPI && status == UNPROCESSABLE ? HttpStatus.BAD_REQUEST.value() : status;
    }

    private static String sentence(Object detail) {
        return detail instanceof List<?> details
                ? details.stream().map(Dialect::sentenceOfOne).collect(Collectors.joining("; "))
                : String.valueOf(detail);
    }

    private static String sentenceOfOne(Object detail) {
        if (detail instanceof ErrorDetail one) {
            String where = one.loc().stream().skip(1).map(Object::toString).collect(Collectors.joining("."));
            return where.isEmpty() ? one.msg() : where + ": " + one.msg();
        }
        return String.valueOf(detail);
    }
}
