package io.mlpool.edge;

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
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;

@ExtendWith(OutputCaptureExtension.class)
@Timeout(60)
class EdgeTest {

    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private static ConfigurableApplicationContext server;
    private static int port;

    @BeforeAll
    static void start() {
        server = EdgeServer.start("server.tomcat.connection-timeout=300ms", "mlpool.request-body.time=700ms");
        port = EdgeServer.port(server);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void requestWithAnIdKeepsItInTheAnswerAndInItsLinesOfTheLog(CapturedOutput output) throws Exception {
        HttpResponse<String> answer = send(request("/small").header("X-Request-ID", "job-7.step_3"));

        assertThat(answer.headers().allValues("X-Request-ID")).containsExactly("job-7.step_3");
        assertThat(output.getOut().lines().filter(line -> line.contains("a line of this request")))
                .anyMatch(line -> line.contains("[job-7.step_3]"));
    }

    @Test
    void requestWithoutAnIdGetsOneOfItsOwn() throws Exception {
        List<String> ids =
                List.of(id(send(request("/small"))), id(send(request("/small"))), id(send(request("/none"))));

        assertThat(ids).doesNotHaveDuplicates().allMatch(id -> id.matches("[0-9a-f]{16}"));
    }

    @Test
    void unexpectedErrorStandsInTheLogUnderTheIdOfItsAnswer(CapturedOutput output) throws Exception {
        HttpResponse<String> answer = send(request("/broken"));

        assertThat(answer.statusCode()).isEqualTo(500);
        assertThat(answer.body()).isEqualTo("{\"detail\":\"Internal Server Error\"}");
        assertThat(output.getOut())
                .contains("[" + id(answer) + "]", "A request was answered with 500, request id " + id(answer));
    }

    @ParameterizedTest
    @CsvSource({"/small, 200", "/none, 404", "/broken, 500", "/echo, 405", "/actuator/health, 200", "/a%2fb, 400"})
    void everyAnswerForProgramsForbidsAllThatABrowserCouldDoWithIt(String path, int status) throws Exception {
        HttpResponse<String> answer = send(request(path));

        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(header(answer, "X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(header(answer, "X-Frame-Options")).isEqualTo("DENY");
        assertThat(header(answer, "Referrer-Policy")).isEqualTo("no-referrer");
        assertThat(header(answer, "Content-Security-Policy")).isEqualTo("default-src 'none'; frame-ancestors 'none'");
        assertThat(header(answer, "Cache-Control")).isEqualTo("no-store");
        assertThat(answer.headers().firstValue("Server")).isEmpty();
        assertThat(answer.headers().firstValue("Strict-Transport-Security")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/page/main.js", "/docs", "/redoc", "/swagger-ui/index.html", "/webjars/a.js"})
    void pagesTakeAllFromThisServer(String path) throws Exception {
        assertThat(header(send(request(path)), "Content-Security-Policy"))
                .startsWith("default-src 'self';")
                .contains("frame-ancestors 'none'")
                .doesNotContain("script-src", "unsafe-eval");
    }

    @Test
    void endpointThatKnowsBetterIsNotContradicted() throws Exception {
        HttpResponse<String> answer = send(request("/own"));

        assertThat(answer.headers().allValues("Cache-Control")).containsExactly("max-age=60");
        assertThat(answer.headers().allValues("Content-Security-Policy")).containsExactly("default-src 'self'");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /[]{}|^ HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
                "GET /%zz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
                "GET /a/..;/../b HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
                "GET /%00 HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
                "GET / HTTP/9.9\r\nHost: localhost\r\n\r\n",
                "GET / HTTP/1.1\r\nConnection: close\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: a b\r\nConnection: close\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: localhost\r\nBad Header: x\r\nConnection: close\r\n\r\n",
                "POST /echo HTTP/1.1\r\nHost: localhost\r\nContent-Length: -1\r\n\r\n",
                "POST /echo HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: gzip\r\nConnection: close\r\n\r\n",
                "POST /echo HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
                "POST /echo HTTP/1.1\r\nHost: localhost\r\nContent-Type: a/b/c;;\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}",
                "TRACE / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
                "\u0016\u0003\u0001\u0002\r\n\r\n",
                "HELLO\r\n\r\n",
            })
    void whateverIsSentNothingIsToldOfWhatRunsHere(String request) {
        String answer = RawHttp.ask(port, request);

        assertThat(answer).startsWith("HTTP/1.1 ").doesNotStartWith("HTTP/1.1 500");
        assertTellsNothing(answer);
    }

    @Test
    void headersOfMoreThanEightKilobytesAreRefused() {
        String answer = RawHttp.ask(
                port, "GET /small HTTP/1.1\r\nHost: localhost\r\nX-Long: " + "x".repeat(9_000) + "\r\n\r\n");

        assertThat(answer).startsWith("HTTP/1.1 400 ");
        assertTellsNothing(answer);
    }

    @Test
    void requestThatNeverEndsIsHungUpOn() {
        assertThat(RawHttp.ask(port, "GET /small HTTP/1.1\r\nHost: localhost\r\n"))
                .doesNotContain("200");
        assertThat(RawHttp.ask(port, "")).isEmpty();
    }

    @Test
    void bodyThatDoesNotComeIsNotWaitedFor() {
        String answer = RawHttp.ask(port, head(100) + "{");

        assertThat(answer).startsWith("HTTP/1.1 408 ").contains("{\"detail\":\"");
    }

    @Test
    void bodyThatTricklesInIsNotWaitedForLongerThanAllowed() {
        try (RawHttp connection = new RawHttp(port)) {
            connection.send(head(100_000));

            assertThat(connection.trickle(' ')).startsWith("HTTP/1.1 408 ");
        }
    }

    @ParameterizedTest
    @CsvSource({"50, 200", "51, 422", "100000, 422"})
    void jsonIsReadToADepthOfFifty(int depth, int status) throws Exception {
        HttpResponse<String> answer = post("[".repeat(depth) + "]".repeat(depth));

        assertThat(answer.statusCode()).isEqualTo(status);
        assertTellsNothing(answer.body());
    }

    @Test
    void jsonOfNothingButBracketsIsNotReadToItsEnd() throws Exception {
        HttpResponse<String> answer = post("[" + "{},".repeat(300_000) + "{}]");

        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.body()).contains("exceeds the maximum allowed (500000)");
        assertTellsNothing(answer.body());
    }

    @Test
    void numbersAndTextsOfJsonHaveALength() throws Exception {
        assertThat(post("[" + "1".repeat(101) + "]").statusCode()).isEqualTo(422);
        assertThat(post("[\"" + "x".repeat(1_000_001) + "\"]").statusCode()).isEqualTo(422);
        assertThat(post("{\"" + "x".repeat(1_001) + "\":1}").statusCode()).isEqualTo(422);
    }

    @Test
    void largeAnswersAreCompressedWhereThatIsUnderstoodAndSmallOnesNever() throws Exception {
        HttpRequest.Builder large = request("/large").header("Accept-Encoding", "gzip");
        HttpResponse<byte[]> compressed = CLIENT.send(large.build(), BodyHandlers.ofByteArray());

        assertThat(compressed.headers().firstValue("Content-Encoding")).hasValue("gzip");
        assertThat(compressed.body()).hasSizeLessThan(1_000);
        assertThat(new GZIPInputStream(new ByteArrayInputStream(compressed.body())).readAllBytes())
                .isEqualTo(send(request("/large")).body().getBytes(StandardCharsets.UTF_8));
        assertThat(send(request("/small").header("Accept-Encoding", "gzip"))
                        .headers()
                        .firstValue("Content-Encoding"))
                .isEmpty();
    }

    @Test
    void pageOfAnotherOriginCanChangeNothingWhereNobodyIsAskedForAKey() throws Exception {
        HttpRequest.Builder form = request("/echo")
                .header("Origin", "https://evil.example")
                .header("Content-Type", "text/plain")
                .POST(BodyPublishers.ofString("{}"));

        assertThat(send(form).statusCode()).isEqualTo(403);
        assertThat(RawHttp.ask(port, "GET /small HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 403 ")
                .contains("in mode open this service is called localhost");
    }

    @Test
    void withoutOriginsNoOtherPageMayReadAnAnswer() throws Exception {
        assertThat(send(request("/small").header("Origin", "https://desk.example"))
                        .headers()
                        .firstValue("Access-Control-Allow-Origin"))
                .isEmpty();
    }

    private static void assertTellsNothing(String answer) {
        assertThat(answer)
                .doesNotContainIgnoringCase("tomcat", "apache", "spring", "catalina", "jackson", "<html", "<!doctype")
                .doesNotContain("Exception", "java.", "io.mlpool", "\tat ", "Server:");
    }

    private static String head(int length) {
        return "POST /echo HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nConnection: close\r\nContent-Length: %d\r\n\r\n"
                .formatted(length);
    }

    private static String id(HttpResponse<?> answer) {
        return header(answer, "X-Request-ID");
    }

    private static String header(HttpResponse<?> answer, String name) {
        assertThat(answer.headers().allValues(name)).as(name).hasSize(1);
        return answer.headers().firstValue(name).orElseThrow();
    }

    private static HttpResponse<String> post(String body) throws IOException, InterruptedException {
        return send(request("/echo").header("Content-Type", "application/json").POST(BodyPublishers.ofString(body)));
    }

    private static HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return CLIENT.send(request.build(), BodyHandlers.ofString());
    }
}
