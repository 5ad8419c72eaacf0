package io.mlpool.errors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@ExtendWith(OutputCaptureExtension.class)
class ErrorAnswersTest {

    private static final int LIMIT = 4096;
    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final JsonMapper JSON = JsonMapper.shared();

    private static ConfigurableApplicationContext server;
    private static String url;

    @BeforeAll
    static void start() {
        server = new SpringApplication(ErrorServer.class)
                .run(
                        "--server.port=0",
                        "--server.address=127.0.0.1",
                        "--mlpool.request-body.limit=" + LIMIT + "B",
                        "--spring.main.banner-mode=off");
        url = "http://127.0.0.1:" + server.getEnvironment().getProperty("local.server.port");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void answerThatFailsOnItsWayIsBrokenOffAndNotEnded() {
        assertThatIOException().isThrownBy(() -> send(request("/broken-off").GET()));
    }

    @Test
    void requestThatTheContainerCannotReadIsRefusedInTheSameShape() throws Exception {
        try (Socket socket =
                new Socket(InetAddress.getLoopbackAddress(), URI.create(url).getPort())) {
            socket.getOutputStream().write("GET /a[b HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.US_ASCII));

            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

            assertThat(answer)
                    .startsWith("HTTP/1.1 400")
                    .contains("{\"detail\":\"the request cannot be read: its address or a header is malformed");
        }
    }

    @Test
    void slashTooManyIsNamed() throws Exception {
        assertThat(send(request("/orders/").POST(BodyPublishers.noBody())).body())
                .isEqualTo("{\"detail\":\"Not Found: paths have no slash at their end here, is /orders meant?\"}");
    }

    @Test
    void queryWhoseEscapesAreNoTextIsToldSo() throws Exception {
        HttpResponse<String> response = send(request("/orders/1?since=%ff").GET());

        assertThat(response.statusCode()).isIn(400, 422);
        assertThat(response.body()).doesNotContain("body");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/orders/x?since=2026-01-01T00:00:00Z           | int_parsing        | [\"path\",\"id\"]",
                "/orders/1                                      | missing            | [\"query\",\"since\"]",
                "/orders/1?since=yesterday                      | datetime_parsing   | [\"query\",\"since\"]",
                "/orders/1?since=2026-01-01T00:00:00Z&limit=0   | greater_than_equal | [\"query\",\"limit\"]",
                "/orders/1?since=2026-01-01T00:00:00Z&limit=999 | less_than_equal    | [\"query\",\"limit\"]",
            })
    void parameterWhenWrongNamesPlaceAndType(String path, String type, String location) throws Exception {
        HttpResponse<String> response = send(request(path).GET());

        assertThat(response.statusCode()).isEqualTo(422);
        JsonNode detail = JSON.readTree(response.body()).at("/detail/0");
        assertThat(detail.get("type").asString()).isEqualTo(type);
        assertThat(detail.get("loc").toString()).isEqualTo(location);
    }

    @ParameterizedTest
    @CsvSource({
        "GET,    /nowhere,  application/json, 404, Not Found",
        "DELETE, /orders,   application/json, 405, Method Not Allowed",
        "POST,   /nowhere,  application/json, 404, Not Found",
    })
    void otherRefusalsUseTheStandardPhrase(
            String method, String path, String contentType, int status, String detail, CapturedOutput log)
            throws Exception {
        HttpResponse<String> response =
                send(request(path).header("Content-Type", contentType).method(method, BodyPublishers.ofString("{}")));

        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(response.body()).isEqualTo("{\"detail\":\"%s\"}".formatted(detail));
        assertThat(log).doesNotContain("Failure in @ExceptionHandler");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "text/csv | the Content-Type text/csv is not read here, send application/json",
                "nonsense | the header Content-Type is missing or malformed, send application/json"
            })
    void mediaTypeThatIsNotReadIsNamedWithTheOneThatIs(String type, String detail) throws Exception {
        HttpResponse<String> response =
                send(request("/orders").header("Content-Type", type).POST(BodyPublishers.ofString("{}")));

        assertThat(response.statusCode()).isEqualTo(415);
        assertThat(JSON.readTree(response.body()).get("detail").asString()).startsWith(detail);
    }

    @Test
    void answerWhenTheCallerAcceptsOnlyXmlIsNotAcceptableInJson() throws Exception {
        HttpResponse<String> response = send(request("/orders/1?since=2026-01-01T00:00:00Z")
                .header("Accept", "application/xml")
                .GET());

        assertThat(response.statusCode()).isEqualTo(406);
        assertThat(JSON.readTree(response.body()).get("detail").asString())
                .startsWith("nothing that the header Accept names is written here, this is: application/json");
    }

    @Test
    void refusalWhenTemporarySaysWhenToAskAgain() throws Exception {
        HttpResponse<String> response = send(request("/refused").GET());

        assertThat(response.statusCode()).isEqualTo(503);
        assertThat(response.headers().firstValue("Retry-After")).hasValue("5");
        assertThat(response.body()).isEqualTo("{\"detail\":\"no model yet\"}");
    }

    @Test
    void unexpectedErrorTellsNothingOfItsInside() throws Exception {
        HttpResponse<String> response = send(request("/broken").GET());

        assertThat(response.statusCode()).isEqualTo(500);
        assertThat(response.body()).isEqualTo("{\"detail\":\"Internal Server Error\"}");
    }

    private static HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(url + path));
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return CLIENT.send(request.build(), BodyHandlers.ofString());
    }
}
