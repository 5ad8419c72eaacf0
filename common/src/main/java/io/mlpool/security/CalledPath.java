package io.mlpool.security;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.http.server.PathContainer;

/** The path of a request as Spring MVC will read it, so that rights and endpoints never mean different calls. */
final class CalledPath {

    private CalledPath() {}

    /** Without the context, escapes resolved and parameters dropped; null for one that can be read in several ways. */
    static @Nullable String of(HttpServletRequest request) {
        String path = request.getRequestURI();
        String context = request.getContextPath();
        if (!context.isEmpty() && path.startsWith(context)) {
            path = path.substring(context.length());
        }
        return isPlain(path) ? path : resolved(path);
    }

    /** Almost all are, and cost one walk. */
    private static boolean isPlain(String path) {
        char before = 'x';
        for (int i = 0; i < path.length(); i++) {
            char c = path.charAt(i);
            if (c == '%' || c == ';' || c == '\\' || (before == '/' && (c == '/' || c == '.'))) {
                return false;
            }
            before = c;
        }
        return !path.isEmpty();
    }

    private static @Nullable String resolved(String path) {
        StringBuilder resolved = new StringBuilder();
        for (PathContainer.Element element : PathContainer.parsePath(path).elements()) {
            if (element instanceof PathContainer.PathSegment segment) {
                String name = segment.valueToMatch();
                if (isAmbiguous(name)) {
                    return null;
                }
                resolved.append('/').append(name);
            }
        }
        return resolved.isEmpty() || path.contains("//") ? null : resolved.toString();
    }

    private static boolean isAmbiguous(String name) {
        return name.isEmpty()
                || name.equals(".")
                || name.equals("..")
                || name.indexOf('/') >= 0
                || name.indexOf('\\') >= 0
                || name.indexOf('\0') >= 0;
    }
}
