package io.mlpool.security;

import org.jspecify.annotations.Nullable;

/**
 * What a call needs.
 *
 * @param scope of the key; null when no key is needed
 * @param limited whether the call counts against rate limits
 */
record Right(@Nullable Scope scope, boolean limited) {

    /** For who watches over the service: a limit that others use up must not look like an illness. */
    static final Right PROBE = new Right(null, false);

    static final Right PUBLIC = new Right(null, true);

    static Right of(Scope scope) {
        return new Right(scope, true);
    }

    /** For people: {@code public}, {@code public, never limited} or the scope. */
    String label() {
        return scope != null ? scope.label() : limited ? "public" : "public, never limited";
    }
}
