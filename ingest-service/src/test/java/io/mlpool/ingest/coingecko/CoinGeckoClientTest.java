package io.mlpool.ingest.coingecko;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.mlpool.ingest.requests.FakeSource.Answer;
import io.mlpool.testing.TestDatabase;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CoinGeckoClientTest {

    private static final String CLOUDFLARE_PAGE = "<!DOCTYPE html><html><head><title>Access denied | api.coingecko.com"
            + "</title></head><body>Error code 1020</body></html>";
    private static final Answer PONG = Answer.of(200, "{\"gecko_says\":\"(V3) To the Moon!\"}");

    private final FakeCoinGecko gecko = new FakeCoinGecko();
    private final Fixture fixture = Fixture.on(TestDatabase.create(), gecko.root(), Duration.ofDays(90));

    @AfterEach
    void close() {
        gecko.close();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            400 | {"error":"Missing parameter vs_currency"}                                                  | BAD_REQUEST | 400   | Missing parameter
            401 | {"status":{"error_code":10002,"error_message":"API Key Missing"}}                          | BAD_KEY     | 10002 | Set COINGECKO_API_KEY
            401 | {"error_code":10005,"error":"exclusive to paid plans"}                                     | NOT_IN_PLAN | 10005 | get a larger one
            400 | {"status":{"error_code":10010,"error_message":"use pro-api.coingecko.com"}}                | WRONG_PLAN  | 10010 | set COINGECKO_PLAN to demo
            400 | {"status":{"error_code":10011,"error_message":"use api.coingecko.com"}}                    | WRONG_PLAN  | 10011 | set COINGECKO_PLAN to demo
            401 | {"error":{"status":{"timestamp":"2026","error_code":10012,"error_message":"exceeds the allowed time range."}}} | TIME_RANGE | 10012 | shorten mlpool.ingest.coingecko.history
            403 | {"error":"forbidden"}                                                                      | NOT_IN_PLAN | 403   | The plan does not include
            404 | {"error":"coin not found"}                                                                 | NOT_FOUND   | 404   | not 'btc'
            302 |                                                                                            | UNREADABLE  | 302   | an empty body
            200 | {"error":"something"}                                                                      | UNREADABLE  | 200   | something
            """)
    void refusalThatCannotChangeIsNotTriedAgain(int status, String body, Trouble trouble, int code, String words) {
        gecko.saysInTurn(Answer.of(status, body == null ? "" : body));

        CoinGeckoException e = refused();

        assertThat(e.trouble()).isEqualTo(trouble);
        assertThat(e.code()).isEqualTo(code);
        assertThat(e)
                .hasMessageContaining("ping was answered with status " + status)
                .hasMessageContaining(words);
        assertThat(gecko.asked()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            408 | {"error":"timeout"}                                                                         | SERVER       | 408
            429 | {"status":{"error_code":429,"error_message":"You've exceeded the Rate Limit. Please visit"}} | RATE_LIMITED | 429
            429 | <html><title>Too many</title>error code: 1015</html>                                        | RATE_LIMITED | 1015
            500 | {"status":500,"error":"Internal Server Error"}                                              | SERVER       | 500
            503 |                                                                                             | SERVER       | 503
            200 | {"status":500,"error":"Internal Server Error"}                                              | SERVER       | 500
            502 | <html><head><title>502 Bad Gateway</title></head></html>                                    | SERVER       | 502
            """)
    void troubleThatPassesIsTriedFourTimesAndThenTold(int status, String body, Trouble trouble, int code) {
        gecko.saysInTurn(Answer.of(status, body == null ? "" : body));

        CoinGeckoException e = refused();

        assertThat(e.trouble()).isEqualTo(trouble);
        assertThat(e.code()).isEqualTo(code);
        assertThat(gecko.asked()).hasSize(4);
    }

    @Test
    void pageOfCloudflareThatBlocksIsNotTriedAgain() {
        gecko.saysInTurn(Answer.of(403, CLOUDFLARE_PAGE));

        CoinGeckoException e = refused();

        assertThat(e.trouble()).isEqualTo(Trouble.BLOCKED);
        assertThat(e.code()).isEqualTo(1020);
        assertThat(e).hasMessageContaining("Access denied | api.coingecko.com").hasMessageContaining("another network");
        assertThat(gecko.asked()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                                                    | 200 and nothing
            {"prices":[[1779027899041,77953.8       | no whole JSON
            <html><title>Wi-Fi login</title></html> | a page titled 'Wi-Fi login'
            """)
    void answerThatIsNoJsonCostsItsCreditAndIsNotTriedAgain(String body, String words) {
        gecko.saysInTurn(Answer.of(200, body == null ? "" : body));

        CoinGeckoException e = refused();

        assertThat(e.trouble()).isEqualTo(Trouble.UNREADABLE);
        assertThat(e).hasMessageContaining(words);
        assertThat(gecko.asked()).hasSize(1);
        assertThat(fixture.budget().used()).isEqualTo(1);
    }

    @Test
    void answerLargerThanAllowedIsRefused() {
        gecko.saysInTurn(Answer.of(200, "[" + " ".repeat(600_000) + "]"));

        assertThat(refused().trouble()).isEqualTo(Trouble.TOO_LARGE);
        assertThat(gecko.asked()).hasSize(1);
    }

    @Test
    void nobodyAtTheAddressIsTriedAgainAndCostsNothing() {
        gecko.close();

        CoinGeckoException e = refused();

        assertThat(e.trouble()).isEqualTo(Trouble.UNREACHABLE);
        assertThat(e).hasMessageContaining("got no answer from http://127.0.0.1");
        assertThat(fixture.waits).hasSize(3);
        assertThat(fixture.budget().used()).isZero();
    }

    @Test
    void answerThatBreaksOffIsTriedAgain() {
        gecko.saysInTurn(Answer.brokenOff("{\"prices\":["), PONG);

        assertThat(fixture.client().get("ping")).isNotEmpty();
        assertThat(gecko.asked()).hasSize(2);
    }

    @Test
    void waitsGrowAndAreShortenedByChance() {
        gecko.saysInTurn(Answer.of(503, ""));

        refused();

        assertThat(fixture.waits).hasSize(3);
        assertThat(fixture.waits.get(0)).isBetween(Duration.ofSeconds(1), Duration.ofSeconds(2));
        assertThat(fixture.waits.get(1)).isBetween(Duration.ofSeconds(2), Duration.ofSeconds(4));
        assertThat(fixture.waits.get(2)).isBetween(Duration.ofSeconds(4), Duration.ofSeconds(8));
    }

    @Test
    void retryAfterIsHonouredToTheSecond() {
        gecko.saysInTurn(Answer.with(429, "retry-after", "119"), PONG);

        fixture.client().get("ping");

        assertThat(fixture.waits).containsExactly(Duration.ofSeconds(119));
        assertThat(fixture.budget().used()).isEqualTo(1);
    }

    @Test
    void retryAfterAsDateIsHonoured() {
        gecko.saysInTurn(Answer.with(429, "retry-after", "Tue, 10 Mar 2026 12:08:00 GMT"), PONG);

        fixture.client().get("ping");

        assertThat(fixture.waits).containsExactly(Duration.ofSeconds(60));
    }

    @Test
    void retryAfterLongerThanTheLongestWaitIsLeftToTheScheduler() {
        gecko.saysInTurn(Answer.with(429, "retry-after", "99999999999"));

        CoinGeckoException e = refused();

        assertThat(e.retryAfter()).contains(Duration.ofHours(1));
        assertThat(gecko.asked()).hasSize(1);
        assertThat(fixture.waits).isEmpty();
    }

    @Test
    void afterThreeFailedRequestsNothingIsAskedForFiveMinutes() {
        gecko.saysInTurn(Answer.of(503, ""));
        CoinGeckoClient client = fixture.client();
        for (int i = 0; i < 3; i++) {
            assertThatExceptionOfType(CoinGeckoException.class).isThrownBy(() -> client.get("ping"));
        }

        CoinGeckoException e = catchThrowableOfType(CoinGeckoException.class, () -> client.get("ping"));

        assertThat(e.trouble()).isEqualTo(Trouble.RESTING);
        assertThat(gecko.asked()).hasSize(12);
        gecko.saysInTurn(PONG);
        fixture.clock.advance(Duration.ofMinutes(5));
        assertThat(client.get("ping")).isNotEmpty();
    }

    @Test
    void keyIsSentInTheHeaderOfItsPlan() {
        gecko.saysInTurn(PONG);
        for (Plan plan : new Plan[] {Plan.DEMO, Plan.PRO}) {
            fixture.client(Fixture.settings(plan, "CG-secret", gecko.root(), 10L, Duration.ofDays(1)))
                    .get("ping");
        }

        assertThat(gecko.keys()).containsExactly("x-cg-demo-api-key=CG-secret", "x-cg-pro-api-key=CG-secret");
    }

    @Test
    void pingTellsWhyNothingIsThere() {
        CoinGeckoAccess access = CoinGeckoAccess.of(null, null, gecko.root());
        gecko.saysInTurn(PONG, Answer.of(403, CLOUDFLARE_PAGE));

        assertThat(CoinGeckoPing.whyUnreachable(access, Duration.ofSeconds(2))).isEmpty();
        assertThat(CoinGeckoPing.whyUnreachable(access, Duration.ofSeconds(2)))
                .hasValueSatisfying(why -> assertThat(why).contains("Access denied"));
        assertThat(CoinGeckoPing.whyUnreachable(
                        CoinGeckoAccess.of(null, null, URI.create("http://127.0.0.1:1/api/v3")), Duration.ofSeconds(2)))
                .hasValueSatisfying(why -> assertThat(why).contains("got no answer"));
    }

    private CoinGeckoException refused() {
        CoinGeckoException e = catchThrowableOfType(
                CoinGeckoException.class, () -> fixture.client().get("ping"));
        assertThat(e).isNotNull();
        return e;
    }
}
