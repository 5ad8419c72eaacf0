package io.mlpool.serving;

import static io.mlpool.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.mlpool.testing.SettableClock;
import io.mlpool.testing.TestDatabase;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The short way of a question that was asked before says at every time what the long way says. */
class AskedBeforeTest {

    private static final String QUESTION = "{\"asset\":\"bitcoin\"}";
    private static final String SAME_BY_THE_LONG_WAY = " {\"asset\":\"bitcoin\"} ";

    private final TestDatabase database = TestDatabase.create();
    private final TestMarket market = new TestMarket(database);
    private final Instant close = market.add("bitcoin", "btc", 400);
    private final SettableClock clock = new SettableClock(close);

    @SuppressWarnings("NullAway.Init")
    private ServingServer server;

    @BeforeEach
    void start(@TempDir Path folder) {
        server = ServingServer.start(database, folder, clock);
        server.promote();
        eventually(() -> assertThat(ask(QUESTION).statusCode()).isEqualTo(200));
        ask(QUESTION);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void answerIsTheSameByteForByteAndHasTheSameHeaders() {
        HttpResponse<String> shortWay = ask(QUESTION);
        HttpResponse<String> longWay = longWay();

        assertThat(shortWay.body()).isEqualTo(longWay.body());
        assertThat(shortWay.headers().firstValue("content-type"))
                .isEqualTo(longWay.headers().firstValue("content-type"));
    }

    @Test
    void forecastWhoseCandlesHaveBecomeStaleSaysSoAndHowOldTheyAreMinuteByMinute() {
        clock.set(close.plus(Duration.ofMinutes(125)));
        assertThat(ask(QUESTION).body())
                .contains("2 h 5 min ago")
                .isEqualTo(longWay().body());

        clock.set(close.plus(Duration.ofMinutes(126)));
        assertThat(ask(QUESTION).body())
                .contains("2 h 6 min ago")
                .isEqualTo(longWay().body());
    }

    @Test
    void questionWhenAnotherVersionWentLiveIsAnsweredByThatOne() {
        int next = server.promote().version();

        eventually(() -> assertThat(ask(QUESTION).body()).contains("\"version\":" + next));
        assertThat(ask(QUESTION).body()).isEqualTo(longWay().body());
    }

    @Test
    void questionWhenNothingIsLiveAnyMoreIsRefusedLikeAnyOther() {
        server.registry().unassign("price-1h", io.mlpool.registry.Alias.CHAMPION);

        eventually(() -> assertThat(ask(QUESTION).statusCode()).isEqualTo(503));
        assertThat(ask(QUESTION).body()).isEqualTo(longWay().body());
    }

    @Test
    void wrongQuestionIsRefusedEveryTimeAnew() {
        for (int i = 0; i < 2; i++) {
            HttpResponse<String> refused = ask("{\"asset\":\"nocoin\"}");
            assertThat(refused.statusCode()).isEqualTo(404);
            assertThat(refused.body()).contains("unknown asset 'nocoin'");
        }
    }

    private HttpResponse<String> ask(String question) {
        return server.post("/predict", question);
    }

    private HttpResponse<String> longWay() {
        return ask(SAME_BY_THE_LONG_WAY + " ".repeat(600));
    }
}
