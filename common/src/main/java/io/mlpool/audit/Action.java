package io.mlpool.audit;

import io.mlpool.security.Rights;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Set;
import org.springframework.http.HttpStatus;
import org.springframework.web.servlet.HandlerMapping;

/**
 * What a request wanted to do.
 *
 * @param name method and route; where nobody was let in to it, the row of the table of rights
 */
record Action(Kind kind, String name) {

    /** How it is noted. */
    enum Kind {
        /** On its own. */
        DEED,
        /** Counted with those like it. */
        USE,
        NOT_NOTED
    }

    private static final Action NOT_NOTED = new Action(Kind.NOT_NOTED, "");

    /** Calls that ask although they are no GET. */
    private static final Set<String> QUESTIONS = Set.of(
            "/predict",
            "/predict/batch",
            "/alerts/rules/test",
            "/invocations",
            "/get-online-features",
            "/v2/models/{model}/infer",
            "/v2/models/{model}/versions/{version}/infer",
            "/v2/repository/index");

    private static final Set<String> OF_NO_INTEREST = Set.of(
            "/",
            "/health",
            "/ping",
            "/version",
            "/docs",
            "/redoc",
            "/openapi.json",
            "/error",
            "/favicon.ico",
            "/v2",
            "/v2/",
            "/v2/health/live",
            "/v2/health/ready");

    static Action of(HttpServletRequest request, int status, Rights rights) {
        String method = request.getMethod();
        if (isRefusal(status)) {
            return new Action(Kind.USE, rights.row(request));
        }
        Object route = request.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE);
        if (route == null || isOfNoInterest(route.toString())) {
            return NOT_NOTED;
        }
        boolean looks = method.equals("GET") || method.equals("HEAD") || method.equals("OPTIONS");
        Kind kind = looks || QUESTIONS.contains(route.toString()) ? Kind.USE : Kind.DEED;
        return new Action(kind, method + " " + withoutRules(route.toString()));
    }

    /** {@code {name:[a-z]+}} is a name with a rule; only the name is of interest. */
    private static String withoutRules(String route) {
        return route.indexOf(':') < 0 ? route : route.replaceAll("\\{(\\w+):[^/]*}", "{$1}");
    }

    static boolean isRefusal(int status) {
        return status == HttpStatus.UNAUTHORIZED.value()
                || status == HttpStatus.FORBIDDEN.value()
                || status == HttpStatus.TOO_MANY_REQUESTS.value();
    }

    private static boolean isOfNoInterest(String route) {
        return OF_NO_INTEREST.contains(route)
                || route.endsWith("/**")
                || route.startsWith("/actuator/")
                || route.startsWith("/openapi.json/")
                || route.startsWith("/swagger-ui");
    }
}
