package io.mlpool.security;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

/** Which model version answered a request: endpoints note it, the audit log writes it down. */
public final class AnsweredBy {

    private static final String ATTRIBUTE = AnsweredBy.class.getName();

    private AnsweredBy() {}

    /** Notes it; of several the last one counts. */
    public static void note(HttpServletRequest request, String model, int version) {
        request.setAttribute(ATTRIBUTE, model + "/" + version);
    }

    /** What was noted, {@code price-1h/3}; null when no model was asked. */
    public static @Nullable String of(HttpServletRequest request) {
        return (String) request.getAttribute(ATTRIBUTE);
    }
}
