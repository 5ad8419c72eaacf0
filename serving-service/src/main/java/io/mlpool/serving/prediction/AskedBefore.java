package io.mlpool.serving.prediction;

import io.micrometer.core.instrument.Timer;
import io.mlpool.security.AnsweredBy;
import io.mlpool.serving.forecast.ModelLabel;
import io.mlpool.serving.forecast.Rendered;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Clock;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.web.filter.GenericFilterBean;
import org.springframework.web.servlet.HandlerMapping;

/**
 * The short way of {@code POST /predict}: a question about a known asset that was asked before in the same bytes is answered
 * from the book, without reading JSON, finding a handler or writing JSON. Every other request goes on to {@link PredictionEndpoint},
 * which alone decides what is right and how errors are worded.
 */
final class AskedBefore extends GenericFilterBean {

    private static final String PATH = "/predict";
    private static final int LONGEST = 512;

    private final KnownQuestions questions;
    private final Clock clock;
    private final Timer lookUps;

    AskedBefore(KnownQuestions questions, Clock clock, Timer lookUps) {
        this.questions = questions;
        this.clock = clock;
        this.lookUps = lookUps;
    }

    @Override
    public void doFilter(ServletRequest any, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        HttpServletRequest request = (HttpServletRequest) any;
        if (isShortQuestion(request)) {
            answer(request, (HttpServletResponse) response, chain);
        } else {
            chain.doFilter(request, response);
        }
    }

    private void answer(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        byte[] body = request.getInputStream().readNBytes(LONGEST + 1);
        long start = System.nanoTime();
        Rendered forecast = questions.find(body, request);
        if (forecast != null) {
            send(request, response, forecast);
            lookUps.record(System.nanoTime() - start, TimeUnit.NANOSECONDS);
            return;
        }
        chain.doFilter(new ReadRequest(request, body), response);
        if (response.getStatus() == HttpServletResponse.SC_OK) {
            questions.remember(body);
        }
    }

    private void send(HttpServletRequest request, HttpServletResponse response, Rendered forecast) throws IOException {
        ModelLabel model = forecast.forecast().model();
        AnsweredBy.note(request, model.name(), model.version());
        request.setAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE, PATH);
        byte[] json = forecast.at(clock.instant());
        response.setContentType("application/json");
        response.setContentLength(json.length);
        response.getOutputStream().write(json);
    }

    /** One without a length, or in another form than JSON, takes the long way, where it is refused if need be. */
    private static boolean isShortQuestion(HttpServletRequest request) {
        int length = request.getContentLength();
        return length > 0
                && length <= LONGEST
                && PATH.equals(request.getRequestURI())
                && "POST".equals(request.getMethod())
                && "application/json".equals(request.getContentType())
                && request.getQueryString() == null
                && takesJson(request.getHeader("Accept"));
    }

    private static boolean takesJson(@Nullable String accept) {
        return accept == null || accept.contains("*/*") || accept.contains("application/json");
    }
}
