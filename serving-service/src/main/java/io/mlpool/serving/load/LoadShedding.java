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
import java.time.Duration;
import java.util.function.Supplier;
import org.springframework.http.HttpHeaders;
import org.springframework.web.filter.GenericFilterBean;

/**
 * Refuses requests that waited too long for a thread, so that a crowd cannot make the line longer and longer. Whoever asks how we are is always let
 * in.
 */
final class LoadShedding extends GenericFilterBean {

    private final Duration most;
    private final Supplier<Duration> waited;
    private final Counter refused;

    /** @param waited how long the request of the calling thread did */
    LoadShedding(Duration most, Supplier<Duration> waited, Counter refused) {
        this.most = most;
        this.waited = waited;
        this.refused = refused;
    }

    @Override
    public void doFilter(ServletRequest any, ServletResponse answer, FilterChain chain)
            throws IOException, ServletException {
        if (waited.get().compareTo(most) <= 0 || asksHowWeAre((HttpServletRequest) any)) {
            chain.doFilter(any, answer);
            return;
        }
        refused.increment();
        HttpServletResponse response = (HttpServletResponse) answer;
        response.setHeader(HttpHeaders.RETRY_AFTER, "1");
        Refusals.write(
                (HttpServletRequest) any,
                response,
                HttpServletResponse.SC_SERVICE_UNAVAILABLE,
                "too many requests are in progress here, this one waited for more than %d ms; ask again in a second"
                        .formatted(most.toMillis()));
    }

    private static boolean asksHowWeAre(HttpServletRequest request) {
        String path = request.getRequestURI();
        return path.equals("/health")
                || path.equals("/ping")
                || path.startsWith("/actuator/health/")
                || path.startsWith("/v2/health/");
    }
}
