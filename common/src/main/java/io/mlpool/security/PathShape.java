package io.mlpool.security;

/**
 * Paths of one shape: {@code /models/{name}} has one segment in the place of the braces, {@code /docs/**} is {@code /docs} and all below it.
 * Matched by walking both, without a piece of garbage.
 */
record PathShape(String pattern) {

    private static final String ALL_BELOW = "/**";

    PathShape {
        if (!pattern.startsWith("/") || (pattern.indexOf('*') >= 0 && !pattern.endsWith(ALL_BELOW))) {
            throw new IllegalArgumentException(
                    "a path begins with / and has stars only as /** at its end, found " + pattern);
        }
    }

    /** Whether it is the shape of one path only. */
    boolean isExact() {
        return pattern.indexOf('{') < 0 && !pattern.endsWith(ALL_BELOW);
    }

    /** Whether the path, without escapes and parameters, has the shape. */
    boolean matches(String path) {
        int p = 0;
        int at = 0;
        while (p < pattern.length()) {
            if (pattern.startsWith(ALL_BELOW, p)) {
                return at == path.length() || path.charAt(at) == '/';
            }
            int patternEnd = segmentEnd(pattern, p);
            int end = segmentEnd(path, at);
            if (!segmentMatches(p, patternEnd, path, at, end)) {
                return false;
            }
            p = patternEnd;
            at = end;
        }
        return at == path.length();
    }

    private boolean segmentMatches(int from, int to, String path, int at, int end) {
        if (from + 1 < to && pattern.charAt(from + 1) == '{') {
            return end - at > 1;
        }
        return to - from == end - at && pattern.regionMatches(from, path, at, end - at);
    }

    /** Segments begin with their slash. */
    private static int segmentEnd(String path, int start) {
        int slash = start >= path.length() ? -1 : path.indexOf('/', start + 1);
        return slash < 0 ? path.length() : slash;
    }
}
