package io.mlpool.audit;

import io.mlpool.security.AnsweredBy;
import io.mlpool.security.Caller;
import io.mlpool.security.Rights;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.springframework.web.filter.GenericFilterBean;
import org.springframework.web.servlet.HandlerMapping;

/**
 * Notes what became of every request: changes one by one, questions and looks as counts. Pages, health checks and documentation
 * are not noted. It stands before those who ask for a key, so that what they refuse is noted too.
 */
final class AuditFilter extends GenericFilterBean {

    private final AuditKeeping keeping;
    private final String service;
    private final Rights rights;
    private final Clock clock;

    AuditFilter(AuditKeeping keeping, String service, Rights rights, Clock clock) {
        this.keeping = keeping;
        this.service = service;
        this.rights = rights;
        this.clock = clock;
    }

    @Override
    public void doFilter(ServletRequest any, ServletResponse answer, FilterChain chain)
            throws IOException, ServletException {
        HttpServletRequest request = (HttpServletRequest) any;
        HttpServletResponse response = (HttpServletResponse) answer;
        boolean failed = true;
        try {
            chain.doFilter(request, response);
            failed = false;
        } finally {
            int status = response.getStatus();
            boolean unanswered = failed && status < HttpServletResponse.SC_BAD_REQUEST;
            note(request, unanswered ? HttpServletResponse.SC_INTERNAL_SERVER_ERROR : status);
        }
    }

    private void note(HttpServletRequest request, int status) {
        Action action = Action.of(request, status, rights);
        if (action.kind() == Action.Kind.NOT_NOTED) {
            return;
        }
        Caller caller = Caller.of(request);
        String version = AnsweredBy.of(request);
        String model = version == null ? "" : version;
        Instant now = clock.instant();
        if (action.kind() == Action.Kind.USE) {
            keeping.use(
                    new Uses.Use(caller.id(), caller.name(), address(request, status), action.name(), model, status),
                    now);
        } else {
            keeping.deed(new AuditRecord(
                    service,
                    caller.id(),
                    caller.name(),
                    request.getRemoteAddr(),
                    action.name(),
                    subject(request),
                    model,
                    status,
                    1,
                    now,
                    now));
        }
    }

    /** Of who was refused: that tells who guesses keys. Questions are counted whoever's they are. */
    private static String address(HttpServletRequest request, int status) {
        return Action.isRefusal(status) ? request.getRemoteAddr() : "";
    }

    private static String subject(HttpServletRequest request) {
        return request.getAttribute(HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE) instanceof Map<?, ?> variables
                ? new TreeMap<>(variables)
                        .entrySet().stream()
                                .map(one -> one.getKey() + "=" + shortened(String.valueOf(one.getValue())))
                                .collect(Collectors.joining(", "))
                : "";
    }

    private static String shortened(String value) {
        return value.length() <= 100 ? value : value.substring(0, 100) + "...";
    }
}
