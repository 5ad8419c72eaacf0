package io.mlpool.errors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.ByteArrayInputStream;
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
import org.junit.jupiter.params.provider.ValueSource;
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

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"asset\":\"a\",\"colour\":1}                   | extra_forbidden | [\"body\",\"colour\"]",
                "{}                                               | missing         | [\"body\",\"asset\"]",
                "{\"asset\":null}                                 | missing         | [\"body\",\"asset\"]",
                "{\"asset\":[]}                                   | string_type     | [\"body\",\"asset\"]",
                "{\"asset\":1}                                    | string_type     | [\"body\",\"asset\"]",
                "{\"asset\":\"a\",\"count\":\"many\"}             | int_type        | [\"body\",\"count\"]",
                "{\"asset\":\"a\",\"count\":\"5\"}                | int_type        | [\"body\",\"count\"]",
                "{\"asset\":\"a\",\"count\":1.5}                  | int_type        | [\"body\",\"count\"]",
                "{\"asset\":\"a\",\"count\":1e999999999}          | int_type        | [\"body\",\"count\"]",
                "{\"asset\":\"a\",\"count\":\"\"}                 | int_type        | [\"body\",\"count\"]",
                "{\"asset\":\"a\",\"candles\":[{\"open_time\":\"\"}]}| datetime_parsing | [\"body\",\"candles\",0,\"open_time\"]",
                "{\"asset\":\"a\",\"count\":true}                 | int_type        | [\"body\",\"count\"]",
                "{\"asset\":\"a\",\"count\":99999999999}          | int_parsing     | [\"body\",\"count\"]",
                "{\"asset\":\"a\",\"count\":13}                   | value_error     | [\"body\"]",
                "{\"asset\":\"a\",\"sure\":\"yes\"}               | bool_type       | [\"body\",\"sure\"]",
                "{\"asset\":\"a\",\"candles\":{}}                 | list_type       | [\"body\",\"candles\"]",
                "{\"asset\":\"a\",\"candles\":[5]}                | dict_type       | [\"body\",\"candles\",0]",
                "{\"asset\":\"a\",\"candles\":[{},{}]}            | missing         | [\"body\",\"candles\",0,\"close\"]",
                "{\"asset\":\"a\",\"candles\":[{\"close\":\"x\"}]}| float_type      | [\"body\",\"candles\",0,\"close\"]",
                "{\"asset\":\"a\",\"candles\":[{\"close\":[]}]}   | float_type      | [\"body\",\"candles\",0,\"close\"]",
                "{\"asset\":\"a\",\"candles\":[{\"open_time\":\"noon\"}]}| datetime_parsing | [\"body\",\"candles\",0,\"open_time\"]",
                "{\"asset\":\"a\",\"candles\":[{\"side\":\"HOLD\"}]}| enum          | [\"body\",\"candles\",0,\"side\"]",
                "[]                                               | dict_type       | [\"body\"]",
                "\"text\"                                         | dict_type       | [\"body\"]",
                "null                                             | missing         | [\"body\"]",
                "``                                               | missing         | [\"body\"]",
            })
    void bodyWhenAFieldIsWrongNamesFieldAndType(String body, String type, String location) throws Exception {
        HttpResponse<String> response = post(body);

        assertThat(response.statusCode()).as(response.body()).isEqualTo(422);
        JsonNode detail = JSON.readTree(response.body()).get("detail");
        assertThat(detail).as(response.body()).anySatisfy(one -> {
            assertThat(one.get("type").asString()).isEqualTo(type);
            assertThat(one.get("loc").toString()).isEqualTo(location);
            assertThat(one.propertyNames()).containsExactly("type", "loc", "msg", "input");
        });
    }

    @Test
    void wholeNumberMayBeWrittenWithADecimalPoint() throws Exception {
        assertThat(post("{\"asset\":\"a\",\"count\":3.0}").body()).contains("\"count\":3,");
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

            assertThat(answer).startsWith("HTTP/1.1 400").endsWith("{\"detail\":\"Bad Request\"}");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{",
                "{\"asset\":",
                "{\"asset\":NaN}",
                "{\"asset\":\"a\"} {}",
                "{\"count\":01}",
                "asset=a",
                "\u0000",
                "{\"asset\":\"a\",\"count\":-Infinity}"
            })
    void bodyWhenItIsNoJsonIsInvalidJson(String body) throws Exception {
        HttpResponse<String> response = post(body);

        assertThat(response.statusCode()).isEqualTo(422);
        assertThat(JSON.readTree(response.body()).at("/detail/0/type").asString())
                .isEqualTo("json_invalid");
    }

    @Test
    void bodyWhenNestedTooDeepIsInvalid() throws Exception {
        HttpResponse<String> response = post("[".repeat(1500) + "]".repeat(1500));

        assertThat(response.statusCode()).isEqualTo(422);
    }

    @Test
    void bodyWhenSeveralConstraintsAreBrokenListsAll() throws Exception {
        HttpResponse<String> response = post("""
                {"candles":[{"open_time":"2026-01-01T00:00:00Z","close":1},{"open_time":"2026-01-01T00:00:00Z","close":-2}]}""");

        assertThat(JSON.readTree(response.body()).get("detail"))
                .extracting(one -> one.get("type").asString() + " " + one.get("loc"))
                .containsExactlyInAnyOrder(
                        "missing [\"body\",\"asset\"]", "greater_than [\"body\",\"candles\",1,\"close\"]");
    }

    /** The suite runs on a machine that speaks Turkish. */
    @Test
    void constraintIsWordedInEnglishWhateverTheMachineAndTheCallerSpeak() throws Exception {
        HttpResponse<String> response = send(request("/orders/1?since=2026-01-01T00:00:00Z&limit=0")
                .header("Accept-Language", "tr")
                .GET());

        assertThat(JSON.readTree(response.body()).at("/detail/0/msg").asString())
                .isEqualTo("Input must be greater than or equal to 1");
    }

    @Test
    void bodyWhenAnnouncedTooLongIsRefusedUnread() throws Exception {
        HttpResponse<String> response = post(" ".repeat(LIMIT + 1));

        assertThat(response.statusCode()).isEqualTo(413);
        assertThat(response.body()).contains("\"detail\":").contains(Integer.toString(LIMIT));
    }

    @Test
    void bodyWhenChunkedAndTooLongIsRefused() throws Exception {
        byte[] body = ("{\"asset\":\"" + "a".repeat(LIMIT) + "\"}").getBytes(StandardCharsets.UTF_8);
        HttpResponse<String> response = send(request("/orders")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body))));

        assertThat(response.statusCode()).isEqualTo(413);
    }

    @Test
    void bodyWhenRightIsTakenAndAnsweredInTheOrderOfTheRecord() throws Exception {
        String body = """
                {"asset":"a","count":1,"sure":true,"candles":[{"open_time":"2026-01-01T00:00:00Z","close":1.5,"side":"BUY"}]}""";

        assertThat(post(body).body()).isEqualTo(body);
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
        "POST,   /orders,   text/csv,         415, Unsupported Media Type",
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

    @Test
    void answerWhenTheCallerAcceptsOnlyXmlIsNotAcceptableInJson() throws Exception {
        HttpResponse<String> response = send(request("/orders/1?since=2026-01-01T00:00:00Z")
                .header("Accept", "application/xml")
                .GET());

        assertThat(response.statusCode()).isEqualTo(406);
        assertThat(response.body()).isEqualTo("{\"detail\":\"Not Acceptable\"}");
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

    private static HttpResponse<String> post(String body) throws IOException, InterruptedException {
        return send(
                request("/orders").header("Content-Type", "application/json").POST(BodyPublishers.ofString(body)));
    }

    private static HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(url + path));
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return CLIENT.send(request.build(), BodyHandlers.ofString());
    }
}
