package io.mlpool.training.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.mlpool.model.Calibration;
import io.mlpool.model.Horizon;
import io.mlpool.statistics.HacMean;
import io.mlpool.training.dataset.WindowSet;
import io.mlpool.training.evaluation.Forecasts;
import io.mlpool.training.evaluation.Handmade;
import java.util.List;
import org.junit.jupiter.api.Test;

class ErrorsTest {

    private static final int DAYS = 10;

    /** Nothing ever happens; the model is off by one at one hour of the day only. */
    private final WindowSet windows = Handmade.windows(24 * DAYS, (window, horizon) -> 0);

    private final Forecasts naive = Handmade.forecasts(windows, (window, horizon, level) -> 0.5);

    @Test
    void lossIsCountedAtTheHourOfTheDayInUtcAtWhichTheForecastWasMade() {
        Forecasts model = Handmade.forecasts(windows, (window, horizon, level) -> hour(window) == 5 ? 1 : 0);

        Errors errors = Errors.of(judged(model, model));

        assertThat(errors.byHour()).hasSize(2 * 24).allSatisfy(one -> {
            assertThat(one.losses().forecasts()).isEqualTo(DAYS);
            assertThat(one.losses().loss())
                    .as("a quantile that is one too high costs 2 (1 - p), on average 1")
                    .isCloseTo(one.hour() == 5 ? 1 : 0, within(1e-6));
            assertThat(one.losses().naiveLoss()).isCloseTo(0.5, within(1e-6));
            assertThat(one.losses().verdict())
                    .isEqualTo(one.hour() == 5 ? LossPair.Verdict.HIGHER : LossPair.Verdict.LOWER);
        });
    }

    @Test
    void lossOfAnAssetIsThatOfAllItsForecasts() {
        Forecasts model = Handmade.forecasts(windows, (window, horizon, level) -> horizon == 0 ? 0.25 : 0.5);

        List<Errors.ByAsset> byAsset = Errors.of(judged(model, model)).byAsset();

        assertThat(byAsset).extracting(Errors.ByAsset::asset).containsExactly("bitcoin", "bitcoin");
        assertThat(byAsset.getFirst().horizon()).isEqualTo(Horizon.of("1h"));
        assertThat(byAsset.getFirst().losses().loss()).isCloseTo(0.25, within(1e-6));
        assertThat(byAsset.getFirst().losses().difference()).isCloseTo(-0.25, within(1e-6));
        assertThat(byAsset.getLast().losses().verdict()).isEqualTo(LossPair.Verdict.EVEN);
    }

    @Test
    void aDifferenceThatNoiseCouldMakeIsNotToldApart() {
        assertThat(verdict(-0.19, 1000)).isEqualTo(LossPair.Verdict.EVEN);
        assertThat(verdict(-0.2, 1000)).isEqualTo(LossPair.Verdict.LOWER);
        assertThat(verdict(0.2, 1000)).isEqualTo(LossPair.Verdict.HIGHER);
    }

    @Test
    void aFewTimesTellNothingApart() {
        assertThat(verdict(-0.3, 4)).isEqualTo(LossPair.Verdict.EVEN);
        assertThat(LossPair.Verdict.of(HacMean.of(new double[] {-1}, 1))).isEqualTo(LossPair.Verdict.EVEN);
        assertThat(LossPair.Verdict.of(HacMean.of(new double[0], 1))).isEqualTo(LossPair.Verdict.EVEN);
    }

    private static LossPair.Verdict verdict(double difference, int times) {
        return LossPair.Verdict.of(new HacMean(difference, 0.1, times, 3));
    }

    @Test
    void whereNoOutcomeIsKnownThereIsNoLoss() {
        WindowSet near = Handmade.windows(48, (window, horizon) -> horizon == 0 ? 0 : Double.NaN);
        Forecasts model = Handmade.forecasts(near, (window, horizon, level) -> 1);

        Errors errors = Errors.of(new Judged(model, Calibration.none(near.shape()), model, model));

        assertThat(errors.byAsset()).extracting(Errors.ByAsset::horizon).containsExactly(Horizon.of("1h"));
        assertThat(errors.byHour()).hasSize(24);
    }

    @Test
    void reliabilityIsTheShareOfOutcomesAtOrBelowAQuantileBeforeAndAfterCalibration() {
        WindowSet rising = Handmade.windows(100, (window, horizon) -> window);
        Forecasts raw = Handmade.forecasts(rising, (window, horizon, level) -> 9);
        Forecasts moved = Handmade.forecasts(rising, (window, horizon, level) -> 100 * level - 1);
        Forecasts opponent = Handmade.forecasts(rising, (window, horizon, level) -> -1);

        List<Errors.Reliability> reliability = Errors.of(new Judged(
                        raw,
                        Calibration.none(rising.shape()),
                        new Forecasts(rising, moved.quantiles()),
                        new Forecasts(rising, opponent.quantiles())))
                .reliability();

        assertThat(reliability).hasSize(14).allSatisfy(one -> {
            assertThat(one.observed()).isCloseTo(one.level(), within(1e-9));
            assertThat(one.uncalibrated()).isCloseTo(0.1, within(1e-9));
            assertThat(one.naive()).isZero();
            assertThat(one.standardError()).isPositive();
        });
    }

    @Test
    void anOutcomeThatIsNotKnownCountsNowhere() {
        WindowSet half = Handmade.windows(48, (window, horizon) -> window < 24 ? 0 : Double.NaN);
        Forecasts model = Handmade.forecasts(half, (window, horizon, level) -> 1);

        Errors errors = Errors.of(new Judged(model, Calibration.none(half.shape()), model, model));

        assertThat(errors.byAsset().getFirst().losses().forecasts()).isEqualTo(24);
        assertThat(errors.reliability())
                .allSatisfy(one -> assertThat(one.observed()).isEqualTo(1));
    }

    private int hour(int window) {
        return windows.asOf(window).atOffset(java.time.ZoneOffset.UTC).getHour();
    }

    private Judged judged(Forecasts raw, Forecasts served) {
        return new Judged(raw, Calibration.none(windows.shape()), served, naive);
    }
}
