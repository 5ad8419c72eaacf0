package io.mlpool.security;

import io.mlpool.errors.Refusals;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Lets through who may: reads the key, counts the request, and compares what the call needs with what the key allows. */
final class KeyFilter extends HttpFilter {

    private static final String CHALLENGE = "WWW-Authenticate";

    private final transient KnownKeys keys;
    private final transient Rights rights;
    private final transient RateLimits limits;

    KeyFilter(KnownKeys keys, Rights rights, RateLimits limits) {
        this.keys = keys;
        this.rights = rights;
        this.limits = limits;
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        Right right = rights.of(request);
        Verdict verdict = keys.judge(KeyHeader.of(request));
        KnownKey known = verdict.key();
        if (known != null) {
            known.caller().identify(request);
        }
        if (right.limited() && !TooManyRequests.admits(limit(known, request), request, response)) {
            return;
        }
        Scope scope = right.scope();
        if (scope == null || (known != null && known.caller().scopes().contains(scope))) {
            chain.doFilter(request, response);
        } else if (known == null) {
            response.setHeader(CHALLENGE, "Bearer");
            Refusals.write(request, response, HttpServletResponse.SC_UNAUTHORIZED, verdict.refusal());
        } else if (!rights.names(request)) {
            refuseUnnamed(request, response);
        } else {
            response.setHeader(CHALLENGE, "Bearer error=\"insufficient_scope\", scope=\"" + scope.label() + '"');
            Refusals.write(request, response, HttpServletResponse.SC_FORBIDDEN, missing(scope, known.caller()));
        }
    }

    /** Most who call what no row names have mistyped it: "ask for a key with more rights" would lead them astray. */
    private void refuseUnnamed(HttpServletRequest request, HttpServletResponse response) throws IOException {
        List<String> methods = rights.methods(request);
        if (methods.isEmpty()) {
            String message = Refusals.nothingAt(request.getRequestURI());
            Refusals.write(request, response, HttpServletResponse.SC_NOT_FOUND, message);
        } else {
            response.setHeader("Allow", String.join(", ", methods));
            Refusals.write(request, response, HttpServletResponse.SC_METHOD_NOT_ALLOWED, "Method Not Allowed");
        }
    }

    private @Nullable RateLimit limit(@Nullable KnownKey known, HttpServletRequest request) {
        return known == null ? limits.ofAddress(request.getRemoteAddr()) : limits.ofKey(known.key());
    }

    private static String missing(Scope scope, Caller caller) {
        return "this call needs a key with the scope '%s'; the key '%s' has %s: use another, or ask who administers this pool for one"
                .formatted(
                        scope.label(),
                        caller.name(),
                        caller.scopes().stream().map(Scope::label).sorted().collect(Collectors.joining(", ")));
    }
}
