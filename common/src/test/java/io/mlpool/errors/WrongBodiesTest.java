package io.mlpool.errors;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What is said of bodies that cannot be read, and of those that can. */
class WrongBodiesTest {

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

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"asset\":\"a\"}{\"asset\":\"b\"} | there is more behind the end of the JSON, one body holds one document (line 1, column 14, near '{\"asset\":\"a\"}{\"asset\":\"b\"}')",
                "{\"asset\":NaN}                   | NaN and infinity are no numbers of JSON (line 1, column",
                "{\"asset\":-Infinity}             | NaN and infinity are no numbers of JSON (line 1, column",
                "{\"asset\":                       | the body ends before its JSON does",
                "{\"colour\":1} x                    | this is no valid JSON (line 1, column",
                "[1                                | the body ends before its JSON does",
                "asset=a                           | this is no valid JSON (line 1, column",
            })
    void bodyWhenItIsNoJsonSaysWhatIsWrongWhere(String body, String message) throws Exception {
        HttpResponse<String> response = post(body);

        assertThat(JSON.readTree(response.body()).at("/detail/0/msg").asString())
                .startsWith("JSON decode error: " + message);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"asset\":\"a\"}{}",
                "{\"asset\":NaN}",
                "{\"asset\":+1}",
                "{\"asset\":.5}",
                "{\"asset\":'a'}",
                "{asset:1}",
                "{/**/}",
                "{\"asset\":\"a\nb\"}",
                "{\"asset\":\"\\x\"}",
                "{\"asset\":\"a\",}",
                "{\"asset\":\"a\",\"count\":00}",
                "{\"asset\":\"a\",\"count\":1e99999999999}",
                "{\"asset\":\"a\",\"candles\":[{\"open_time\":9e18}]}",
                "{\"asset\":\"a\",\"candles\":[{\"open_time\":{}}]}"
            })
    void refusalNamesNothingOfTheInside(String body) throws Exception {
        HttpResponse<String> response = post(body);

        assertThat(response.statusCode()).isEqualTo(422);
        assertThat(response.body())
                .doesNotContainIgnoringCase("jackson", "Feature", "java.", "mlpool", "ErrorServer", "`");
    }

    @Test
    void bodyWithSeveralMistakesIsToldOfEach() throws Exception {
        HttpResponse<String> response = post("""
                {"count":"many","colour":1,"candles":[
                  {"open_time":"2026-01-01T00:00:00Z","close":-2},{"open_time":"noon","close":[1],"shape":"round"},5]}""");

        assertThat(JSON.readTree(response.body()).get("detail"))
                .extracting(one -> one.get("type").asString() + " " + one.get("loc") + " " + one.get("input"))
                .containsExactlyInAnyOrder(
                        "missing [\"body\",\"asset\"] null",
                        "int_type [\"body\",\"count\"] \"many\"",
                        "extra_forbidden [\"body\",\"colour\"] 1",
                        "greater_than [\"body\",\"candles\",0,\"close\"] -2.0",
                        "datetime_parsing [\"body\",\"candles\",1,\"open_time\"] \"noon\"",
                        "float_type [\"body\",\"candles\",1,\"close\"] [1]",
                        "extra_forbidden [\"body\",\"candles\",1,\"shape\"] \"round\"",
                        "dict_type [\"body\",\"candles\",2] 5");
    }

    @Test
    void listThatIsTooLongSaysHowLongItMayBeAndIs() throws Exception {
        String line = "{\"open_time\":\"2026-01-01T00:00:00Z\",\"close\":1},";
        HttpResponse<String> response = post(
                "{\"asset\":\"a\",\"candles\":[%s]}".formatted(line.repeat(4).replaceAll(",$", "")));

        JsonNode detail = JSON.readTree(response.body()).at("/detail/0");
        assertThat(detail.get("type").asString()).isEqualTo("too_long");
        assertThat(detail.get("msg").asString()).isEqualTo("List should have at most 3 items after validation, not 4");
        assertThat(detail.get("ctx"))
                .isEqualTo(JSON.readTree("{\"field_type\":\"List\",\"max_length\":3,\"actual_length\":4}"));
    }

    @Test
    void compressedBodyIsRefusedForThatAndNotAsBrokenJson() throws Exception {
        HttpResponse<String> response = send(request("/orders")
                .header("Content-Type", "application/json")
                .header("Content-Encoding", "gzip")
                .POST(BodyPublishers.ofByteArray(new byte[] {0x1f, (byte) 0x8b, 8})));

        assertThat(response.statusCode()).isEqualTo(415);
        assertThat(response.headers().firstValue("Accept-Encoding")).hasValue("identity");
        assertThat(JSON.readTree(response.body()).get("detail").asString())
                .isEqualTo("a body with Content-Encoding: gzip is not read, send it as it is, without that header");
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
                .isEqualTo("Input should be greater than or equal to 1");
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
