package io.mlpool.edge;

import io.mlpool.security.SecurityProperties;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.server.ServerHttpResponse;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.cors.DefaultCorsProcessor;
import org.springframework.web.filter.CorsFilter;

/** Which web pages of others may ask, by the rules of CORS. Keys travel in headers, never in cookies: no credentials are allowed. */
final class OtherOrigins {

    private OtherOrigins() {}

    /**
     * @throws IllegalArgumentException when all origins may ask where nobody is asked for a key: every page that somebody on this machine looks at
     *     could then change what is live
     */
    static CorsFilter filter(CorsProperties properties, SecurityProperties security) {
        if (properties.origins().contains(CorsProperties.ALL) && !security.asksForKeys()) {
            throw new IllegalArgumentException(
                    "mlpool.cors.origins: '*' is for mlpool.security.mode=api-key only; where nobody is asked for a key, name the origins one by one");
        }
        CorsConfiguration rules = rules(properties.origins());
        CorsFilter filter = new CorsFilter(request -> rules);
        filter.setCorsProcessor(new Rules());
        return filter;
    }

    private static CorsConfiguration rules(List<String> origins) {
        CorsConfiguration rules = new CorsConfiguration();
        rules.setAllowedOrigins(origins);
        rules.setAllowedMethods(List.of("GET", "HEAD", "POST", "DELETE"));
        rules.setAllowedHeaders(List.of("Content-Type", "Authorization", "X-API-Key", "X-Request-ID"));
        rules.setExposedHeaders(List.of(
                "X-Request-ID", "Retry-After", "RateLimit-Limit", "RateLimit-Remaining", "RateLimit-Reset", "Link"));
        rules.setMaxAge(Duration.ofHours(1));
        return rules;
    }

    /** Spring's, with a refusal in our form. */
    private static final class Rules extends DefaultCorsProcessor {

        private static final byte[] REFUSAL =
                "{\"detail\":\"this origin, method or header may not be used from a web page of another origin, see mlpool.cors.origins\"}"
                        .getBytes(StandardCharsets.UTF_8);

        @Override
        protected void rejectRequest(ServerHttpResponse response) throws IOException {
            response.setStatusCode(HttpStatus.FORBIDDEN);
            response.getHeaders().setContentType(MediaType.APPLICATION_JSON);
            response.getHeaders().setContentLength(REFUSAL.length);
            response.getBody().write(REFUSAL);
            response.flush();
        }
    }
}
