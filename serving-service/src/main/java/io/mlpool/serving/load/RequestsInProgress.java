package io.mlpool.serving.load;

import io.micrometer.core.instrument.Counter;
import io.mlpool.errors.Refusals;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.HttpHeaders;
import org.springframework.web.filter.GenericFilterBean;

/** Keeps a crowd from using up the memory: what is refused here costs next to nothing. Whoever asks how we are is always let in. */
final class RequestsInProgress extends GenericFilterBean {

    private final Room room;
    private final Counter refused;

    RequestsInProgress(Room room, Counter refused) {
        this.room = room;
        this.refused = refused;
    }

    @Override
    public void doFilter(ServletRequest any, ServletResponse answer, FilterChain chain)
            throws IOException, ServletException {
        if (room.enter()) {
            try {
                chain.doFilter(any, answer);
            } finally {
                room.leave();
            }
        } else if (asksHowWeAre((HttpServletRequest) any)) {
            chain.doFilter(any, answer);
        } else {
            refused.increment();
            HttpServletResponse response = (HttpServletResponse) answer;
            response.setHeader(HttpHeaders.RETRY_AFTER, "1");
            Refusals.write(
                    (HttpServletRequest) any,
                    response,
                    HttpServletResponse.SC_SERVICE_UNAVAILABLE,
                    "%d requests are in progress here, no more are taken on; ask again in a second"
                            .formatted(room.places()));
        }
    }

    private static boolean asksHowWeAre(HttpServletRequest request) {
        String path = request.getRequestURI();
        return path.equals("/health")
                || path.equals("/ping")
                || path.startsWith("/actuator/health/")
                || path.startsWith("/v2/health/");
    }
}
