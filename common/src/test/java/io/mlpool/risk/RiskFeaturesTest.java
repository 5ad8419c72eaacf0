package io.mlpool.risk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.mlpool.market.CandleSeries;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;

class RiskFeaturesTest {

    private static final int DAYS = 120;

    @Test
    void assetThatMovesTwiceAsMuchAsTheMarketHasABetaOfTwoAndFallsWithIt() {
        RiskRow row = row(day -> Math.pow(wave(day), 2), DAYS);

        assertThat(row.value(RiskFeature.BETA_90D)).isCloseTo(2, within(1e-5f));
        assertThat(row.value(RiskFeature.TAIL_DEPENDENCE_90D)).isEqualTo(1);
    }

    @Test
    void volatilityDrawdownAndMomentumAreThoseOfTheDailyCloses() {
        RiskRow row = row(day -> day < DAYS - 2 ? 100 : day == DAYS - 2 ? 80 : 60, DAYS);

        double last = Math.log(60 / 80.0);
        double before = Math.log(80 / 100.0);
        assertThat(row.value(RiskFeature.VOLATILITY_7D))
                .isCloseTo((float) Math.sqrt((last * last + before * before) / 7), within(1e-6f));
        assertThat(row.value(RiskFeature.DRAWDOWN_30D)).isCloseTo((float) Math.log(0.6), within(1e-6f));
        assertThat(row.value(RiskFeature.RETURN_30D)).isCloseTo((float) Math.log(0.6), within(1e-6f));
        assertThat(row.value(RiskFeature.WORST_DAY_30D)).isCloseTo((float) last, within(1e-6f));
        assertThat(row.value(RiskFeature.TURNOVER_30D)).isCloseTo((float) Math.log(100), within(1e-5f));
        assertThat(row.value(RiskFeature.DRAWDOWN_365D)).isCloseTo((float) Math.log(0.6), within(1e-6f));
    }

    @Test
    void onlyWhatStayedNearOneDollarHasAPegToLose() {
        RiskRow lost = row(day -> day < DAYS - 1 ? 1.001 : 0.8, DAYS);

        assertThat(lost.value(RiskFeature.PEG_DEVIATION)).isCloseTo(-0.2f, within(1e-6f));
        assertThat(lost.value(RiskFeature.PEG_WORST_30D)).isCloseTo(0.2f, within(1e-6f));
        assertThat(FatalFactor.of(lost)).contains(FatalFactor.PEG_LOST);
        assertThat(row(RiskFeaturesTest::wave, DAYS).known()).doesNotContainKey(RiskFeature.PEG_DEVIATION);
    }

    @Test
    void silenceOfMoreThanAWeekEndsAHistoryAndNothingIsSaidOfWhatIsSilentStill() {
        CandleSeries whole = RiskMarket.days("aave", DAYS, RiskFeaturesTest::wave);
        Instant end = whole.closeTime(DAYS - 1);

        assertThat(features(whole, end.plus(Duration.ofDays(3))).value(RiskFeature.SILENT_DAYS))
                .isEqualTo(3);
        assertThat(FatalFactor.of(features(whole, end.plus(Duration.ofDays(3)))))
                .contains(FatalFactor.TRADING_ENDED);
        Instant eightDaysLater = end.plus(Duration.ofDays(8));
        assertThat(new RiskFeatures(ProtocolHistory.empty()).row(whole, market(eightDaysLater), eightDaysLater))
                .isEmpty();
    }

    @Test
    void youngAssetIsNotJudgedAndItsLongFiguresAreNotKnown() {
        CandleSeries young = RiskMarket.days("aave", 29, RiskFeaturesTest::wave);
        Instant asOf = young.closeTime(28);

        assertThat(new RiskFeatures(ProtocolHistory.empty()).row(young, market(asOf), asOf))
                .isEmpty();
        assertThat(row(RiskFeaturesTest::wave, 40).known())
                .containsKeys(RiskFeature.VOLATILITY_30D, RiskFeature.HISTORY_DAYS)
                .doesNotContainKeys(RiskFeature.VOLATILITY_90D, RiskFeature.BETA_90D, RiskFeature.LOCKED_USD);
    }

    @Test
    void rowOfGivenFeaturesKnowsThoseOnly() {
        RiskRow row = RiskRow.given("aave", RiskMarket.START, Map.of(RiskFeature.AUDITS, 2.0));

        assertThat(row.known()).isEqualTo(Map.of(RiskFeature.AUDITS, 2.0));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RiskRow.given("aave", RiskMarket.START, Map.of(RiskFeature.AUDITS, 1e300)))
                .withMessageContaining("audits must be finite");
    }

    private static double wave(int day) {
        return 100 * Math.exp(0.1 * Math.sin(day));
    }

    private static RiskRow row(IntToDoubleFunction closes, int days) {
        CandleSeries series = RiskMarket.days("aave", days, closes);
        return features(series, series.closeTime(days - 1));
    }

    private static RiskRow features(CandleSeries series, Instant asOf) {
        return new RiskFeatures(ProtocolHistory.empty())
                .row(series, market(asOf), asOf)
                .orElseThrow();
    }

    private static MarketDays market(Instant asOf) {
        return MarketDays.of(List.of(RiskMarket.days("bitcoin", DAYS, RiskFeaturesTest::wave)), asOf);
    }
}
