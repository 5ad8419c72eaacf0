package io.mlpool.anomaly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.mlpool.market.Interval;
import org.junit.jupiter.api.Test;

class ThresholdTest {

    private static final long STEP = 3600;

    @Test
    void aGradeSaysHowManyTimesRarerAScoreIsThanTheThreshold() {
        Threshold threshold = new Threshold(0.6, 0.02, 2);

        assertThat(threshold.grade(0.6)).isEqualTo(1e-6);
        assertThat(threshold.grade(0.6 + 0.02 * Math.log(10))).isCloseTo(0.9, within(1e-12));
        assertThat(threshold.grade(1)).isBetween(0.99, 1.0);
    }

    @Test
    void aBudgetIsAShareOfTheCandles() {
        assertThat(AlarmBudget.USUAL.share(Interval.ONE_HOUR)).isCloseTo(2 / 168.0, within(1e-15));
        assertThat(AlarmBudget.USUAL.share(Interval.ONE_DAY))
                .as("two of seven days would not be unusual")
                .isEqualTo(0.05);
    }

    @Test
    void aDisturbanceIsToldAgainOnlyWhenItIsTwiceAsBadOrOver() {
        Disturbance told = new Disturbance(0, 0.05);

        assertThat(told.tells(0.69, 0.6, STEP, STEP)).isFalse();
        assertThat(told.tells(0.71, 0.6, STEP, STEP)).isTrue();
        assertThat(told.tells(0.61, 0.6, 12 * STEP, STEP)).isFalse();
        assertThat(told.tells(0.61, 0.6, 13 * STEP, STEP)).isTrue();
        assertThat(Disturbance.NONE.tells(0.6, 0.6, 0, STEP))
                .as("findings lie above the threshold")
                .isFalse();
    }

    @Test
    void aThresholdThatMakesNoSenseIsRefused() {
        assertThatThrownBy(() -> new Threshold(0.6, 0, 2))
                .hasMessage("score must lie in (0, 1], tail and budget be positive, found 0.6, 0.0 and 2.0");
    }
}
