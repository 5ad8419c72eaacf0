package io.mlpool.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.mlpool.market.Interval;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ForecastTest {

    private static final List<Double> LEVELS = List.of(0.1, 0.5, 0.9);

    @ParameterizedTest
    @CsvSource({
        "5m,PT5M,5m",
        "90m,PT90M,90m",
        "60m,PT1H,1h",
        "24h,PT24H,24h",
        "48h,PT48H,48h",
        "2d,PT48H,48h",
        "7d,PT168H,7d"
    })
    void aHorizonIsReadAndWritten(String label, Duration duration, String written) {
        assertThat(Horizon.of(label).duration()).isEqualTo(duration);
        assertThat(Horizon.of(label).label()).isEqualTo(written);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "24", "h", "0h", "-1h", "24H", "1w", "999999d", "٣h"})
    void anythingElseIsNoHorizon(String label) {
        assertThatThrownBy(() -> Horizon.of(label)).hasMessageContaining("written like 30m, 24h or 7d");
    }

    @Test
    void aHorizonIsAWholeNumberOfCandles() {
        assertThat(Horizon.of("24h").bars(Interval.FOUR_HOURS)).isEqualTo(6);
        assertThatThrownBy(() -> Horizon.of("6h").bars(Interval.FOUR_HOURS))
                .hasMessage("horizon 6h is no whole number of 4h candles");
    }

    @Test
    void scaledReturnsBecomePrices() {
        PriceDistribution prices = PriceDistribution.of(LEVELS, new double[] {-2, 0, 2}, 100, 0.01);
        assertThat(prices.prices().get(0)).isCloseTo(98.0199, within(1e-4));
        assertThat(prices.median()).isEqualTo(100);
        assertThat(prices.prices().get(2)).isCloseTo(102.0201, within(1e-4));
    }

    @Test
    void theProbabilityAboveAPriceFollowsTheQuantiles() {
        PriceDistribution prices = new PriceDistribution(LEVELS, List.of(90.0, 100.0, 110.0));
        assertThat(prices.probabilityAbove(100)).isCloseTo(0.5, within(1e-12));
        assertThat(prices.probabilityAbove(Math.sqrt(90 * 100.0))).isCloseTo(0.7, within(1e-12));
        assertThat(prices.probabilityAbove(50)).isCloseTo(0.9, within(1e-12));
        assertThat(prices.probabilityAbove(500)).isCloseTo(0.1, within(1e-12));
    }

    @Test
    void theExpectedErrorGrowsWithTheSpread() {
        PriceDistribution narrow = new PriceDistribution(LEVELS, List.of(99.0, 100.0, 101.0));
        PriceDistribution wide = new PriceDistribution(LEVELS, List.of(90.0, 100.0, 110.0));
        assertThat(narrow.expectedAbsoluteError()).isCloseTo(0.6, within(1e-9));
        assertThat(wide.expectedAbsoluteError()).isCloseTo(6, within(1e-9));
    }

    @Test
    void quantilesThatCrossAreNoDistribution() {
        assertThatThrownBy(() -> new PriceDistribution(LEVELS, List.of(100.0, 99.0, 101.0)))
                .hasMessageContaining("not fall");
        assertThatThrownBy(() -> new PriceDistribution(LEVELS, List.of(Double.NaN, 99.0, 101.0)))
                .hasMessageContaining("finite");
    }

    @Test
    void calibrationMovesQuantilesAndKeepsTheirOrder() {
        Calibration calibration = new Calibration(List.of(List.of(0.0, 0.0, 0.0), List.of(1.5, 0.0, -0.5)));
        float[] forecast = {-1, 0, 1, -1, 0, 1};
        assertThat(calibration.apply(forecast, 0, 0)).containsExactly(-1, 0, 1);
        assertThat(calibration.apply(forecast, 0, 1)).containsExactly(0, 0.5, 0.5);
    }

    @Test
    void levelsMustRiseAndHoldTheMedian() {
        List<Horizon> horizons = List.of(Horizon.of("1h"));
        assertThatThrownBy(() -> new ForecastShape(horizons, List.of(0.1, 0.9))).hasMessageContaining("hold 0.5");
        assertThatThrownBy(() -> new ForecastShape(horizons, List.of(0.5, 0.1))).hasMessageContaining("rise");
        assertThatThrownBy(() -> new ForecastShape(List.of(), LEVELS)).hasMessageContaining("at least one");
    }
}
