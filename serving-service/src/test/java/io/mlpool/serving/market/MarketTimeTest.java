package io.mlpool.serving.market;

import static org.assertj.core.api.Assertions.assertThat;

import io.mlpool.serving.TestMarket;
import io.mlpool.testing.SettableClock;
import io.mlpool.testing.TestDatabase;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class MarketTimeTest {

    private final TestDatabase database = TestDatabase.create();
    private final TestMarket market = new TestMarket(database);
    private final SettableClock clock = new SettableClock(TestMarket.START.plus(Duration.ofDays(1_000)));
    private final MarketTime time = new MarketTime(new RecentCandles(database.jdbc()), clock);

    @Test
    void withoutCandlesItIsTheClocks() {
        assertThat(time.now()).isEqualTo(clock.instant());
    }

    @Test
    void itIsTheCloseOfTheNewestCandleOfAllAsItWasMinutesAgo() {
        Instant newest = market.add("bitcoin", "btc", 30);
        market.add("dogecoin", "doge", 20);
        assertThat(time.now()).isEqualTo(newest);

        Instant newer = market.extend("dogecoin", newest, 5, 0);
        clock.advance(Duration.ofMinutes(9));
        assertThat(time.now()).as("no look at each series every time").isEqualTo(newest);
        clock.advance(Duration.ofMinutes(2));
        assertThat(time.now()).isEqualTo(newer);
    }

    @Test
    void whoLooksSeesWhatThereIs() {
        market.add("bitcoin", "btc", 30);
        assertThat(time.now()).isEqualTo(TestMarket.START.plus(Duration.ofHours(30)));
        Instant newer = market.extend("bitcoin", TestMarket.START.plus(Duration.ofHours(30)), 1, 0);
        assertThat(time.look()).isEqualTo(newer);
    }

    @Test
    void aCandleOfTheFutureDoesNotTakeTimeAlong() {
        market.add("bitcoin", "btc", 30);
        market.extend("bitcoin", clock.instant(), 2, 0);
        assertThat(time.now()).isEqualTo(clock.instant());
    }
}
