package io.mlpool.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.ConfigurableApplicationContext;

class OtherOriginsTest {

    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private static ConfigurableApplicationContext server;

    @BeforeAll
    static void start() {
        server = EdgeServer.start("mlpool.cors.origins=https://desk.example,http://localhost:5173");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void pageOfANamedOriginMayAskAndReadWhatItNeeds() throws Exception {
        HttpResponse<String> answer = from("https://desk.example", "GET", "/small");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Access-Control-Allow-Origin")).hasValue("https://desk.example");
        assertThat(answer.headers().firstValue("Access-Control-Allow-Credentials"))
                .isEmpty();
        assertThat(answer.headers().firstValue("Access-Control-Expose-Headers"))
                .hasValueSatisfying(exposed -> assertThat(exposed)
                        .contains("X-Request-ID", "Retry-After", "RateLimit-Remaining", "RateLimit-Limit"));
    }

    @Test
    void browserThatAsksBeforehandIsToldWhatIsAllowed() throws Exception {
        HttpResponse<String> answer = send(request("/echo")
                .method("OPTIONS", BodyPublishers.noBody())
                .header("Origin", "http://localhost:5173")
                .header("Access-Control-Request-Method", "POST")
                .header("Access-Control-Request-Headers", "content-type, x-api-key"));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Access-Control-Allow-Methods"))
                .hasValueSatisfying(methods -> assertThat(methods).contains("POST", "DELETE"));
        assertThat(answer.headers().firstValue("Access-Control-Allow-Headers"))
                .hasValueSatisfying(headers -> assertThat(headers).containsIgnoringCase("x-api-key"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"https://other.example", "http://desk.example", "https://desk.example.evil.example", "null"})
    void pageOfAnyOtherOriginIsRefused(String origin) throws Exception {
        HttpResponse<String> answer = from(origin, "GET", "/small");

        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(answer.body()).startsWith("{\"detail\":\"").contains("mlpool.cors.origins");
        assertThat(answer.headers().firstValue("Access-Control-Allow-Origin")).isEmpty();
        assertThat(answer.headers().firstValue("X-Request-ID")).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "desk.example",
                "https://desk.example/",
                "ftp://desk.example",
                "https://*.example",
                "https://",
                ""
            })
    void whatIsNoOriginStopsTheStart(String origin) {
        assertThatThrownBy(() -> new CorsProperties(List.of(origin)))
                .hasMessageContaining("mlpool.cors.origins")
                .hasMessageContaining("'" + origin + "'");
    }

    @Test
    void allOriginsAreForPoolsThatAskForKeys() {
        assertThatThrownBy(() -> EdgeServer.start("mlpool.cors.origins=*"))
                .rootCause()
                .hasMessageContaining("'*' is for mlpool.security.mode=api-key only");
    }

    private static HttpResponse<String> from(String origin, String method, String path)
            throws IOException, InterruptedException {
        return send(request(path).method(method, BodyPublishers.noBody()).header("Origin", origin));
    }

    private static HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + EdgeServer.port(server) + path));
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return CLIENT.send(request.build(), BodyHandlers.ofString());
    }
}
