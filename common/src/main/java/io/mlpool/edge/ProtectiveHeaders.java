package io.mlpool.edge;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

/** What browsers and caches are told with every answer; an endpoint that sets one of them itself knows better. */
final class ProtectiveHeaders {

    static final String CACHE = "Cache-Control";
    static final String POLICY = "Content-Security-Policy";
    static final String TYPE = "X-Content-Type-Options";
    static final String FRAME = "X-Frame-Options";
    static final String REFERRER = "Referrer-Policy";

    private static final String OF_DATA = "default-src 'none'; frame-ancestors 'none'";

    /** All from this server. Swagger UI and Redoc write styles into their elements, and Redoc searches in a worker that it makes itself. */
    private static final String OF_PAGES =
            "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; worker-src 'self' blob:;"
                    + " object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

    private ProtectiveHeaders() {}

    static void set(HttpServletRequest request, HttpServletResponse response) {
        boolean page = isPage(request.getRequestURI());
        response.setHeader(TYPE, "nosniff");
        response.setHeader(FRAME, "DENY");
        response.setHeader(REFERRER, "no-referrer");
        response.setHeader(POLICY, page ? OF_PAGES : OF_DATA);
        response.setHeader(CACHE, page ? "no-cache" : "no-store");
        if (request.isSecure()) {
            response.setHeader("Strict-Transport-Security", "max-age=31536000");
        }
    }

    static boolean isOne(String name) {
        return name.equalsIgnoreCase(CACHE)
                || name.equalsIgnoreCase(POLICY)
                || name.equalsIgnoreCase(TYPE)
                || name.equalsIgnoreCase(FRAME)
                || name.equalsIgnoreCase(REFERRER);
    }

    /** A request that cannot be read has no path. */
    private static boolean isPage(@Nullable String path) {
        return path != null && isPagePath(path);
    }

    private static boolean isPagePath(String path) {
        return path.equals("/")
                || path.startsWith("/page/")
                || path.startsWith("/docs")
                || path.startsWith("/redoc")
                || path.startsWith("/swagger-ui")
                || path.startsWith("/webjars/");
    }
}
