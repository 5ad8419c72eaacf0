package io.mlpool.ingest.defillama;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.mlpool.ingest.requests.FakeSource.Answer;
import io.mlpool.testing.TestDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The error shapes are made by hand after what DefiLlama's documents and their users' reports say; none is a recording. */
class DefiLlamaClientTest {

    private static final Answer LIST = Answer.of(200, "[{\"name\":\"Aave\"}]");

    private final FakeDefiLlama llama = new FakeDefiLlama();

    @TempDir
    private Path folder;

    private LlamaFixture fixture;

    @BeforeEach
    void start() {
        fixture = new LlamaFixture(TestDatabase.create(), folder, llama.root());
    }

    @AfterEach
    void close() {
        llama.close();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            400 | {"message":"Protocol is not in our database"}                                              | NOT_FOUND   | Protocol is not in our database
            400 | {"message":"bad input"}                                                                    | BAD_REQUEST | bad input
            401 | {"error":"Unauthorized"}                                                                   | NOT_FREE    | incident-list
            402 | {"message":"Upgrade required"}                                                             | NOT_FREE    | paid plan
            403 | {"message":"Forbidden"}                                                                    | NOT_FREE    | Forbidden
            403 | <html><head><title>Just a moment...</title></head></html>                                  | BLOCKED     | Just a moment...
            403 | error code: 1020                                                                           | BLOCKED     | another network
            404 | Not found                                                                                  | NOT_FOUND   | called otherwise
            302 |                                                                                            | UNREADABLE  | an empty body
            200 |                                                                                            | UNREADABLE  | an empty body
            200 | <html><title>Wi-Fi login</title></html>                                                    | UNREADABLE  | a page titled 'Wi-Fi login'
            200 | Service Unavailable                                                                        | UNREADABLE  | Service Unavailable
            """)
    void refusalThatCannotChangeIsNotTriedAgain(int status, String body, Trouble trouble, String words) {
        llama.saysInTurn(Answer.of(status, body == null ? "" : body));

        DefiLlamaException e = refused();

        assertThat(e.trouble()).isEqualTo(trouble);
        assertThat(e).hasMessageContaining("protocols was answered with").hasMessageContaining(words);
        assertThat(e.getMessage()).doesNotContain("secret-key");
        assertThat(llama.asked()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            408 |                                                           | SERVER
            429 | {"message":"Too many requests"}                           | RATE_LIMITED
            429 | <html><title>Too many</title>error code: 1015</html>      | RATE_LIMITED
            500 | {"message":"Internal server error"}                       | SERVER
            502 | <html><head><title>502 Bad Gateway</title></head></html>  | SERVER
            503 |                                                           | SERVER
            """)
    void troubleThatPassesIsTriedFourTimesAndThenTold(int status, String body, Trouble trouble) {
        llama.saysInTurn(Answer.of(status, body == null ? "" : body));

        assertThat(refused().trouble()).isEqualTo(trouble);
        assertThat(llama.asked()).hasSize(4);
    }

    @Test
    void waitsGrowAndAreShortenedByChance() {
        llama.saysInTurn(Answer.of(503, ""));

        refused();

        assertThat(fixture.waits).hasSize(3);
        assertThat(fixture.waits.get(0)).isBetween(Duration.ofSeconds(1), Duration.ofSeconds(2));
        assertThat(fixture.waits.get(1)).isBetween(Duration.ofSeconds(2), Duration.ofSeconds(4));
        assertThat(fixture.waits.get(2)).isBetween(Duration.ofSeconds(4), Duration.ofSeconds(8));
    }

    @Test
    void retryAfterIsHonoured() {
        llama.saysInTurn(Answer.with(429, "retry-after", "60"), LIST);

        fixture.client().get("protocols").close();

        assertThat(fixture.waits).containsExactly(Duration.ofSeconds(60));
    }

    @Test
    void retryAfterLongerThanTheLongestWaitIsLeftToTheScheduler() {
        llama.saysInTurn(Answer.with(429, "retry-after", "1800"));

        assertThat(refused().retryAfter()).contains(Duration.ofMinutes(30));
        assertThat(llama.asked()).hasSize(1);
    }

    @Test
    void oneRequestIsSentEachSecond() {
        llama.saysInTurn(LIST);
        DefiLlamaClient client = fixture.client();

        for (int i = 0; i < 3; i++) {
            client.get("protocols").close();
        }

        assertThat(fixture.waits).containsExactly(Duration.ofSeconds(1), Duration.ofSeconds(1));
    }

    @Test
    void answerThatBreaksOffIsTriedAgain() {
        llama.saysInTurn(Answer.brokenOff("[{\"name\":"), LIST);

        fixture.client().get("protocols").close();

        assertThat(llama.asked()).hasSize(2);
    }

    @Test
    void answerLargerThanAllowedIsRefused() {
        llama.saysInTurn(Answer.of(200, "[" + " ".repeat(600_000) + "]"));

        assertThat(refused().trouble()).isEqualTo(Trouble.TOO_LARGE);
    }

    @Test
    void nobodyAtTheAddressIsTriedAgain() {
        llama.close();

        DefiLlamaException e = refused();

        assertThat(e.trouble()).isEqualTo(Trouble.UNREACHABLE);
        assertThat(e).hasMessageContaining("protocols got no whole answer from 127.0.0.1");
        assertThat(fixture.waits).hasSize(3);
    }

    @Test
    void answerIsInAFileThatIsGoneWhenItIsClosed() {
        llama.saysInTurn(LIST);

        Download answer = fixture.client().get("protocols");
        assertThat(answer.file()).hasContent(LIST.body());
        answer.close();

        assertThat(Files.exists(answer.file())).isFalse();
    }

    private DefiLlamaException refused() {
        DefiLlamaException e = catchThrowableOfType(
                DefiLlamaException.class,
                () -> fixture.client().get("protocols").close());
        assertThat(e).isNotNull();
        return e;
    }
}
