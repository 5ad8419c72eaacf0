package io.mlpool.errors;

import java.io.IOException;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.core.Ordered;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import tools.jackson.databind.json.JsonMapper;

/** What is so broken that it never comes to Spring, an address with forbidden characters say: refused in the shape of all others. */
final class UnreadableRequests implements WebServerFactoryCustomizer<TomcatServletWebServerFactory>, Ordered {

    @Override
    public void customize(TomcatServletWebServerFactory server) {
        server.addContextCustomizers(
                context -> context.getParent().getPipeline().addValve(new JsonReport()));
    }

    /** After Spring Boot's own report, for the last one in the chain is the first to report. */
    @Override
    public int getOrder() {
        return LOWEST_PRECEDENCE;
    }

    private static final class JsonReport extends ErrorReportValve {

        private static final JsonMapper JSON = JsonMapper.shared();

        @Override
        protected void report(Request request, Response response, @Nullable Throwable failure) {
            HttpStatus status = HttpStatus.resolve(response.getStatus());
            boolean written = response.getContentWritten() > 0;
            if (status == null || !status.isError() || written || !response.setErrorReported()) {
                return;
            }
            try {
                Dialect dialect = Dialect.of(String.valueOf(request.getRequestURI()));
                response.setContentType(MediaType.APPLICATION_JSON_VALUE);
                response.getOutputStream().write(JSON.writeValueAsBytes(dialect.body(status.value(), words(status))));
                response.finishResponse();
            } catch (IOException | IllegalStateException e) {
                container.getLogger().debug("An error could not be reported", e);
            }
        }

        private static String words(HttpStatus status) {
            return switch (status) {
                case BAD_REQUEST ->
                    "the request cannot be read: its address or a header is malformed, its escapes spell no UTF-8 (such as %C3%A9), or its headers are too large (8 KB are taken)";
                case REQUEST_HEADER_FIELDS_TOO_LARGE -> "the headers are too large, 8 KB are taken";
                default -> status.getReasonPhrase();
            };
        }
    }
}
