package io.mlpool.security;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

/** How a key travels: in {@code X-API-Key}, or in {@code Authorization} with the scheme Bearer. */
final class KeyHeader {

    static final String NAME = "X-API-Key";
    private static final String AUTHORIZATION = "Authorization";
    private static final String BEARER = "Bearer ";

    private KeyHeader() {}

    /** What was sent, the first header first; null when neither has something for us. Other schemes are other people's. */
    static @Nullable String of(HttpServletRequest request) {
        String key = request.getHeader(NAME);
        if (key != null) {
            return key.strip();
        }
        String authorization = request.getHeader(AUTHORIZATION);
        return authorization != null && authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())
                ? authorization.substring(BEARER.length()).strip()
                : null;
    }
}
