package io.mlpool.security;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Set;

/**
 * Who asks.
 *
 * @param id stable name of the key, never a part of its secret; {@code anonymous} without one
 * @param name that people gave the key
 * @param scopes what the caller may do
 */
public record Caller(String id, String name, Set<Scope> scopes) {

    /** Somebody without a key. */
    public static final Caller ANONYMOUS = new Caller("anonymous", "anonymous", Set.of());

    private static final String ATTRIBUTE = Caller.class.getName();

    public Caller {
        scopes = Set.copyOf(scopes);
    }

    /** Who sent this request; {@link #ANONYMOUS} where nobody was asked for a key. */
    public static Caller of(HttpServletRequest request) {
        return request.getAttribute(ATTRIBUTE) instanceof Caller caller ? caller : ANONYMOUS;
    }

    /** Says who sent this request, for all that comes behind. */
    void identify(HttpServletRequest request) {
        request.setAttribute(ATTRIBUTE, this);
    }
}
