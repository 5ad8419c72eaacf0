package io.mlpool.training.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.mlpool.features.FeatureSchema;
import io.mlpool.market.CandleSeries;
import io.mlpool.market.Interval;
import io.mlpool.market.SeriesKey;
import io.mlpool.market.Volume;
import io.mlpool.model.ForecastShape;
import io.mlpool.model.Horizon;
import io.mlpool.training.TestCandles;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class WindowCutterTest {

    private static final int STEPS = 4;
    private static final int BARS = 420;
    private static final int FIRST = FeatureSchema.WARM_UP + STEPS - 2;
    private static final ForecastShape SHAPE =
            new ForecastShape(List.of(Horizon.of("1h"), Horizon.of("4h")), ForecastShape.DEFAULT_LEVELS);

    @Test
    void targetIsTheLogReturnInUnitsOfVolatilityAndTheRootOfTheBars() {
        double[] closes = TestCandles.walk(BARS, 0, 7);
        WindowSet windows = windows(series("bitcoin", closes));

        int window = 10;
        int bar = FIRST + window;
        assertThat(windows.asOf(window)).isEqualTo(TestCandles.START.plus(Duration.ofHours(bar + 1)));
        assertThat(windows.lastPrice(window)).isEqualTo(closes[bar]);
        assertThat((double) windows.target(window, 0))
                .isCloseTo(Math.log(closes[bar + 1] / closes[bar]) / windows.volatility(window), within(1e-6));
        assertThat((double) windows.target(window, 1))
                .isCloseTo(Math.log(closes[bar + 4] / closes[bar]) / (2 * windows.volatility(window)), within(1e-6));
    }

    @Test
    void targetsBeyondTheEndAreNotKnownAndWindowsWithoutAnyAreLeftOut() {
        WindowSet windows = windows(series("bitcoin", TestCandles.walk(BARS, 0, 7)));

        assertThat(windows.size()).isEqualTo(BARS - 1 - FIRST);
        int last = windows.size() - 1;
        assertThat(windows.target(last, 0)).isNotNaN();
        assertThat(windows.target(last, 1)).isNaN();
        assertThat(windows.target(last - 3, 1)).isNotNaN();
    }

    @Test
    void neitherWindowNorTargetIsTakenFromAFilledBar() {
        double[] closes = TestCandles.walk(BARS, 0, 7);
        int hole = FIRST + 20;
        closes[hole] = Double.NaN;

        WindowSet windows = windows(series("bitcoin", closes));

        Instant missing = TestCandles.START.plus(Duration.ofHours(hole + 1));
        assertThat(IntStream.range(0, windows.size()).mapToObj(windows::asOf)).doesNotContain(missing);
        assertThat(windows.target(windows.position(missing.minus(Duration.ofHours(1))), 0))
                .isNaN();
        assertThat(windows.target(windows.position(missing.minus(Duration.ofHours(4))), 1))
                .isNaN();
        assertThat(windows.target(windows.position(missing.minus(Duration.ofHours(3))), 1))
                .isNotNaN();
    }

    @Test
    void noTargetCrossesALongGap() {
        double[] closes = TestCandles.walk(2 * BARS, 0, 7);
        for (int i = BARS; i < BARS + 10; i++) {
            closes[i] = Double.NaN;
        }

        WindowSet windows = windows(series("bitcoin", closes));

        Instant end = TestCandles.START.plus(Duration.ofHours(BARS));
        Instant restart = end.plus(Duration.ofHours(10 + FIRST));
        assertThat(windows.position(end))
                .as("the last bar before the gap has no known target")
                .isEqualTo(windows.position(restart));
        assertThat(windows.target(windows.position(end) - 1, 1)).isNaN();
        assertThat(windows.target(windows.position(end) - 4, 1)).isNotNaN();
    }

    @Test
    void windowsOfManyAssetsAreInTheOrderOfTimeThenName() {
        WindowSet windows = windows(
                series("bitcoin", TestCandles.walk(BARS, 0, 7)), series("ethereum", TestCandles.walk(BARS + 5, 0, 8)));

        assertThat(windows.asset(0)).isEqualTo("bitcoin");
        assertThat(windows.asset(1)).isEqualTo("ethereum");
        assertThat(windows.asOf(0)).isEqualTo(windows.asOf(1));
        assertThat(IntStream.range(0, windows.size()).mapToObj(windows::asOf)).isSorted();
    }

    @Test
    void betweenTakesTheFirstTimeAndLeavesTheLast() {
        WindowSet windows = windows(series("bitcoin", TestCandles.walk(BARS, 0, 7)));

        WindowSet slice = windows.between(windows.asOf(3), windows.asOf(6));

        assertThat(slice.size()).isEqualTo(3);
        assertThat(slice.asOf(0)).isEqualTo(windows.asOf(3));
        assertThat(slice.target(2, 1)).isEqualTo(windows.target(5, 1));
    }

    @Test
    void thinningKeepsWindowsOfTheWholeTime() {
        WindowSet windows = windows(series("bitcoin", TestCandles.walk(BARS, 0, 7)));

        WindowSet thinned = windows.thinned(4);

        assertThat(thinned.size()).isEqualTo(4);
        assertThat(thinned.asOf(3)).isAfter(windows.asOf(windows.size() * 3 / 4 - 2));
    }

    private static WindowSet windows(CandleSeries... series) {
        List<String> assets =
                List.of(series).stream().map(one -> one.key().asset()).toList();
        DatasetSnapshot snapshot = new DatasetSnapshot(
                "0".repeat(64), Interval.ONE_HOUR, "usd", assets, assets, java.util.Map.of(), TestCandles.START, 0);
        Dataset data = new Dataset(snapshot, List.of(series));
        return data.windows(data.schema(STEPS), SHAPE);
    }

    private static CandleSeries series(String asset, double[] closes) {
        CandleSeries.Builder builder = new CandleSeries.Builder(SeriesKey.usd(asset, Interval.ONE_HOUR), closes.length);
        for (int i = 0; i < closes.length; i++) {
            if (!Double.isNaN(closes[i])) {
                builder.add(TestCandles.START.getEpochSecond() + 3600L * i, closes[i], Volume.base(1));
            }
        }
        return builder.build();
    }
}
