package io.mlpool.ingest.coingecko;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.mlpool.ingest.requests.FakeSource.Answer;
import io.mlpool.market.CandleSeries;
import io.mlpool.market.CandleStore;
import io.mlpool.market.Interval;
import io.mlpool.market.SeriesKey;
import io.mlpool.testing.TestDatabase;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CoinGeckoHistoryTest {

    private static final SeriesKey BITCOIN = SeriesKey.usd("bitcoin", Interval.ONE_HOUR);
    private static final Instant HOUR = Instant.parse("2026-03-10T12:00:00Z");

    private final FakeCoinGecko gecko = new FakeCoinGecko();
    private final TestDatabase database = TestDatabase.create();
    private final Fixture fixture = Fixture.on(database, gecko.root(), Duration.ofDays(90));
    private final FakeMarket market = new FakeMarket(fixture.clock);

    @TempDir
    private Path folder;

    @BeforeEach
    void open() {
        gecko.says(market);
    }

    @AfterEach
    void close() {
        gecko.close();
    }

    @Test
    void firstFillTakesOneRequestForNinetyDaysAndLeavesNothingToAsk() {
        assertThat(fixture.coinGecko(folder).complete(BITCOIN)).isTrue();

        CandleSeries stored = stored();
        assertThat(stored.size()).isEqualTo(90 * 24 - 1);
        assertThat(stored.gaps()).isEmpty();
        assertThat(stored.closeTime(stored.size() - 1)).isEqualTo(HOUR);
        assertThat(stored.turnoverIsTrailing(0)).isTrue();
        assertThat(gecko.asked()).hasSize(1);

        assertThat(fixture.coinGecko(folder).complete(BITCOIN)).isTrue();
        assertThat(gecko.asked()).hasSize(1);
    }

    @Test
    void pollAfterTheHourAsksForTheLastDayAndAddsTheOneCandle() {
        CoinGecko coinGecko = fixture.coinGecko(folder);
        coinGecko.complete(BITCOIN);
        int before = stored().size();
        fixture.clock.set(HOUR.plus(Duration.ofMinutes(67)));

        assertThat(coinGecko.complete(BITCOIN)).isTrue();

        assertThat(stored().size()).isEqualTo(before + 1);
        assertThat(gecko.asked().getLast()).endsWith("days=1");
    }

    @Test
    void candleThatIsToldLateIsAskedForAgain() {
        CoinGecko coinGecko = fixture.coinGecko(folder);
        fixture.clock.set(HOUR.plus(Duration.ofMinutes(2)));

        assertThat(coinGecko.complete(BITCOIN)).isFalse();
        fixture.clock.set(HOUR.plus(Duration.ofMinutes(9)));
        assertThat(coinGecko.complete(BITCOIN)).isTrue();
    }

    @Test
    void gapThatCoinGeckoCannotFillIsAskedForOnce() {
        CoinGecko coinGecko = fixture.coinGecko(folder);
        Instant silent = HOUR.minus(Duration.ofDays(10));
        market.silentAt(silent);
        market.silentAt(silent.plus(Duration.ofHours(1)));
        market.silentAt(silent.plus(Duration.ofHours(2)));

        assertThat(coinGecko.complete(BITCOIN)).isTrue();
        assertThat(coinGecko.complete(BITCOIN)).isTrue();

        assertThat(gecko.asked()).hasSize(1);
        assertThat(stored().gaps()).hasSize(1);
        assertThat(database.jdbc()
                        .sql("SELECT to_time - from_time = interval '2 hours' FROM unanswered")
                        .query(Boolean.class)
                        .list())
                .containsExactly(true);
    }

    @Test
    void outageThatCoinGeckoMakesGoodLaterIsRefilled() {
        CoinGecko coinGecko = fixture.coinGecko(folder);
        for (int hours = 3; hours < 6; hours++) {
            market.silentAt(HOUR.minus(Duration.ofHours(hours)));
        }
        coinGecko.complete(BITCOIN);
        assertThat(stored().gaps()).hasSize(1);
        market.speaksAgain();

        fixture.clock.set(HOUR.plus(Duration.ofMinutes(67)));
        coinGecko.complete(BITCOIN);
        assertThat(stored().gaps()).hasSize(1);
        fixture.clock.set(HOUR.plus(Duration.ofHours(10)));
        coinGecko.complete(BITCOIN);

        assertThat(stored().gaps()).isEmpty();
    }

    @Test
    void answerWithoutPricesIsToldAsTrouble() {
        gecko.says(path -> Answer.of(200, "{\"prices\":null}"));
        CoinGecko coinGecko = fixture.coinGecko(folder);

        assertThatExceptionOfType(CoinGeckoException.class)
                .isThrownBy(() -> coinGecko.complete(BITCOIN))
                .satisfies(e -> assertThat(e.trouble()).isEqualTo(Trouble.UNREADABLE));

        assertThat(coinGecko.state().lastError()).contains("expected CoinGecko's market_chart");
    }

    @Test
    void gapThatCameAboutLaterIsRefilledAlone() {
        CoinGecko coinGecko = fixture.coinGecko(folder);
        coinGecko.complete(BITCOIN);
        CandleSeries before = stored();
        Instant lost = HOUR.minus(Duration.ofDays(30));
        database.jdbc()
                .sql("DELETE FROM candle WHERE open_time >= :from AND open_time < :to")
                .param("from", lost.atOffset(ZoneOffset.UTC))
                .param("to", lost.plus(Duration.ofHours(5)).atOffset(ZoneOffset.UTC))
                .update();

        assertThat(coinGecko.complete(BITCOIN)).isTrue();

        assertThat(stored().size()).isEqualTo(before.size());
        assertThat(gecko.asked().getLast()).contains("from=%d".formatted(lost.getEpochSecond()));
        assertThat(gecko.asked()).hasSize(2);
    }

    @Test
    void whenKilledBetweenTwoWindowsTheNextStartAsksOnlyForTheOther() {
        Fixture year = Fixture.on(database, gecko.root(), Duration.ofDays(170));
        gecko.says(path -> gecko.asked().size() > 1 ? Answer.of(404, "{\"error\":\"killed\"}") : market.apply(path));
        assertThatExceptionOfType(CoinGeckoException.class)
                .isThrownBy(() -> year.coinGecko(folder).complete(BITCOIN));
        String first = gecko.asked().getFirst();
        String second = gecko.asked().get(1);
        gecko.asked().clear();
        gecko.says(market);

        assertThat(year.coinGecko(folder).complete(BITCOIN)).isTrue();

        assertThat(gecko.asked()).containsExactly(second).doesNotContain(first);
        assertThat(stored().size()).isEqualTo(170 * 24 - 1);
        assertThat(stored().gaps()).isEmpty();
    }

    @Test
    void historyThatThePlanDoesNotReachIsShrunkToWhatItDoesAndNotAskedAgain() {
        market.reachesBackTo(HOUR.minus(Duration.ofDays(40)));
        CoinGecko coinGecko = fixture.coinGecko(folder);

        assertThat(coinGecko.complete(BITCOIN)).isTrue();

        assertThat(stored().openTime(0)).isBetween(HOUR.minus(Duration.ofDays(40)), HOUR.minus(Duration.ofDays(39)));
        assertThat(stored().gaps()).isEmpty();
        int asked = gecko.asked().size();
        assertThat(asked).isLessThan(20);
        coinGecko.complete(BITCOIN);
        assertThat(gecko.asked()).hasSize(asked);
    }

    @Test
    void coinThatDoesNotExistIsToldWithoutAnotherTry() {
        gecko.says(path -> Answer.of(404, "{\"error\":\"coin not found\"}"));
        CoinGecko coinGecko = fixture.coinGecko(folder);

        assertThatExceptionOfType(CoinGeckoException.class)
                .isThrownBy(() -> coinGecko.complete(SeriesKey.usd("btc", Interval.ONE_HOUR)))
                .withMessageContaining("coin not found")
                .withMessageContaining("'bitcoin', not 'btc'");

        assertThat(gecko.asked()).hasSize(1);
        assertThat(coinGecko.state().failing()).isTrue();
        assertThat(coinGecko.state().lastError()).contains("coin not found");
        assertThat(coinGecko.state().creditsUsed()).isZero();
    }

    @Test
    void budgetEndsTheWorkWithoutARequest() {
        Fixture poor = Fixture.budget(database, gecko.root(), 1);
        CoinGecko coinGecko = poor.coinGecko(folder);
        coinGecko.complete(BITCOIN);

        assertThatExceptionOfType(CoinGeckoException.class)
                .isThrownBy(() -> coinGecko.complete(SeriesKey.usd("ethereum", Interval.ONE_HOUR)))
                .satisfies(e -> assertThat(e.trouble()).isEqualTo(Trouble.BUDGET));

        assertThat(gecko.asked()).hasSize(1);
        assertThat(coinGecko.state().creditsLeft()).isZero();
    }

    private CandleSeries stored() {
        return new CandleStore(database.jdbc()).series(BITCOIN, Instant.EPOCH, HOUR.plus(Duration.ofDays(1)));
    }
}
