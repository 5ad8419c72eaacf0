package io.mlpool.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.mlpool.market.CandleSeries;
import io.mlpool.market.Interval;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What serving computes from a few weeks of candles is what training computed from all of them, at every bar. */
class LiveEqualsHistoryTest {

    private static final List<String> MARKET = List.of("bitcoin", "ethereum", "solana");
    private static final FeatureSchema SCHEMA = FeatureSchema.price(Interval.ONE_HOUR, 16, MARKET);
    private static final List<CandleSeries> ALL =
            RandomMarket.series(1_600, 7, "bitcoin", "ethereum", "solana", "dogecoin");

    @Test
    void theNewestWindowOfAShortHistoryIsTheWindowOfTheWholeHistory() {
        MarketFactor market = MarketFactor.of(SCHEMA, ALL);
        int compared = 0;
        for (CandleSeries series : ALL) {
            for (FeatureFrame frame : FeatureFrame.of(SCHEMA, series, market)) {
                for (int row = 0; row < frame.rows(); row++) {
                    if (frame.hasWindow(row)) {
                        assertSame(
                                frame.window(row),
                                live(series, frame.openTime(row).getEpochSecond()));
                        compared++;
                    }
                }
            }
        }
        assertThat(compared).isGreaterThan(1_500);
    }

    @Test
    void aLaterCandleChangesNothingBeforeIt() {
        CandleSeries whole = ALL.getFirst();
        CandleSeries cut = whole.slice(0, whole.size() - 100);
        FeatureFrame before = FeatureFrame.of(SCHEMA, cut, MarketFactor.of(SCHEMA, List.of(cut)))
                .getLast();
        FeatureFrame after = FeatureFrame.of(SCHEMA, whole, MarketFactor.of(SCHEMA, List.of(whole)))
                .getLast();
        int last = before.rows() - 1;
        assertThat(after.window(last).values())
                .containsExactly(before.window(last).values());
    }

    private static FeatureWindow live(CandleSeries series, long openSecond) {
        List<CandleSeries> loaded =
                ALL.stream().map(one -> recent(one, openSecond)).toList();
        return FeatureWindow.newest(SCHEMA, recent(series, openSecond), MarketFactor.of(SCHEMA, loaded));
    }

    private static CandleSeries recent(CandleSeries series, long openSecond) {
        long oldest = openSecond - (SCHEMA.historyBars() - 1) * 3600L;
        int from = 0;
        int to = series.size();
        while (from < to && series.openSecond(from) < oldest) {
            from++;
        }
        while (to > from && series.openSecond(to - 1) > openSecond) {
            to--;
        }
        return series.slice(from, to);
    }

    private static void assertSame(FeatureWindow history, FeatureWindow live) {
        assertThat(live.asOf()).isEqualTo(history.asOf());
        assertThat(live.lastPrice()).isEqualTo(history.lastPrice());
        assertThat(live.volatility()).isCloseTo(history.volatility(), within(1e-12));
        assertThat(live.values()).containsExactly(history.values(), within(1e-5f));
    }
}
