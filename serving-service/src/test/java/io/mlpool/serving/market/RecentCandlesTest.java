package io.mlpool.serving.market;

import static org.assertj.core.api.Assertions.assertThat;

import io.mlpool.market.CandleFlag;
import io.mlpool.market.CandleSeries;
import io.mlpool.market.CandleStore;
import io.mlpool.market.Interval;
import io.mlpool.market.SeriesKey;
import io.mlpool.serving.TestMarket;
import io.mlpool.testing.TestDatabase;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class RecentCandlesTest {

    private final TestDatabase database = TestDatabase.create();

    @Test
    void aForecastIsMadeFromWhatTrainingReads() {
        TestMarket market = new TestMarket(database);
        Instant end = market.extend("bitcoin", market.add("bitcoin", "btc", 5), 5, CandleFlag.CLOSE_ONLY.bit());
        SeriesKey key = SeriesKey.usd("bitcoin", Interval.ONE_HOUR);

        CandleSeries live = Objects.requireNonNull(new RecentCandles(database.jdbc())
                        .newest(List.of("bitcoin"), Interval.ONE_HOUR, 8)
                        .get("bitcoin"))
                .series();
        CandleSeries learned = new CandleStore(database.jdbc())
                .series(key, TestMarket.START, end)
                .slice(2, 10);

        assertThat(live.size()).isEqualTo(8);
        for (int i = 0; i < 8; i++) {
            assertThat(live.openSecond(i)).isEqualTo(learned.openSecond(i));
            assertThat(live.range(i)).isEqualTo(Float.valueOf(learned.range(i)));
            assertThat(live.close(i)).isEqualTo(learned.close(i));
            assertThat(live.turnover(i)).isEqualTo(learned.turnover(i));
        }
        assertThat(live.range(2)).isEqualTo((float) Math.log(1.01 / 0.99));
        assertThat(live.range(3)).as("closes only").isNaN();
    }
}
