package io.mlpool.edge;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.apache.coyote.ActionCode;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * Names each request, for the answer and for all that is logged meanwhile, and gives the answer its protective headers. In Tomcat's engine, not in
 * a filter: there it also sees what no filter sees, such as addresses that cannot be read, and what Tomcat itself logs.
 */
final class EdgeValve extends ValveBase {

    /** Under this the name stands in every line of the log. */
    static final String LOGGED_AS = "request_id";

    private static final String HEADER = "X-Request-ID";
    private static final String ATTRIBUTE = EdgeValve.class.getName();

    private final RequestIds ids = new RequestIds();

    EdgeValve() {
        super(true);
    }

    @Override
    public void invoke(Request request, Response response) throws IOException, ServletException {
        MDC.put(LOGGED_AS, name(request, response));
        try {
            getNext().invoke(request, response);
            hangUpOnWhoIsTooSlow(request, response);
        } finally {
            MDC.remove(LOGGED_AS);
        }
    }

    /** Tomcat would read the rest of the body before it takes the next request, however long that trickles in. */
    private static void hangUpOnWhoIsTooSlow(Request request, Response response) {
        if (response.getStatus() == HttpServletResponse.SC_REQUEST_TIMEOUT) {
            request.getCoyoteRequest().action(ActionCode.DISABLE_SWALLOW_INPUT, null);
        }
    }

    /** An asynchronous request comes by once more, with what was set already. */
    private String name(Request request, Response response) {
        @Nullable Object known = request.getAttribute(ATTRIBUTE);
        if (known != null) {
            return known.toString();
        }
        String id = ids.of(request.getHeader(HEADER));
        request.setAttribute(ATTRIBUTE, id);
        response.setHeader(HEADER, id);
        ProtectiveHeaders.set(request, response);
        return id;
    }
}
