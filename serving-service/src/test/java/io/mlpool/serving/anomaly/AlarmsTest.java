package io.mlpool.serving.anomaly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import org.junit.jupiter.api.Test;

class AlarmsTest {

    private final Alarms alarms = new Alarms(AlarmSettings.of(0.002));
    private final Random random = new Random(1);

    @Test
    void nothingIsToldBeforeThereIsATail() {
        for (int i = 0; i < Tail.WARM_UP; i++) {
            assertThat(alarms.judge(i % 2 == 0 ? 9 : 1)).isEqualTo(new Alarms.Verdict(Double.POSITIVE_INFINITY, 0));
        }
    }

    @Test
    void aScoreFarOutIsToldWithTheHighestGrade() {
        usual(500);

        Alarms.Verdict verdict = alarms.judge(9);

        assertThat(verdict.threshold()).isBetween(1.0, 1.5);
        assertThat(verdict.grade()).isGreaterThan(0.95);
    }

    @Test
    void theGradeIsJudgedByTheScoresBefore() {
        usual(500);
        Tail before = new Tail(1_000);
        before.restore(alarms.scores());

        assertThat(alarms.judge(1.6f).grade()).isEqualTo(1 - before.probability(1.6f) / 0.002);
    }

    @Test
    void theGradeSaysHowMuchRarerAScoreIsThanTheThreshold() {
        usual(1_000);
        double threshold = alarms.judge(1).threshold();

        Alarms.Verdict justAbove = alarms.judge((float) threshold + 0.01f);
        usual(20);
        Alarms.Verdict farAbove = alarms.judge((float) threshold + 0.5f);

        assertThat(justAbove.grade()).isBetween(1e-6, 0.3);
        assertThat(farAbove.grade()).isGreaterThan(0.8);
    }

    @Test
    void aDisturbanceIsToldOnceAndAgainWhenItIsTwiceAsBad() {
        usual(500);

        assertThat(alarms.judge(3).grade()).isPositive();
        assertThat(alarms.judge(3.2f).grade()).isZero();
        assertThat(alarms.judge(2.8f).grade()).isZero();
        assertThat(alarms.judge(6).grade()).isPositive();
        assertThat(alarms.judge(6).grade()).isZero();
    }

    @Test
    void theNextOneIsToldSoonAfterTheFirst() {
        usual(500);

        assertThat(alarms.judge(4).grade()).isPositive();
        usual(6);
        assertThat(alarms.judge(4).grade()).isPositive();
    }

    @Test
    void aDisturbanceRaisesTheThresholdWithItsFirstScoreOnly() {
        usual(500);
        double before = alarms.judge(5).threshold();
        double afterwards = alarms.judge(5).threshold();
        for (int i = 0; i < 30; i++) {
            assertThat(alarms.judge(5).threshold()).isEqualTo(afterwards);
        }

        assertThat(afterwards).isBetween(before, before + 0.7);
    }

    @Test
    void whatDoesNotEndIsHowThingsAreNow() {
        usual(500);
        int told = 0;
        for (int i = 0; i < 2_000; i++) {
            told += alarms.judge(3 + random.nextFloat()).grade() > 0 ? 1 : 0;
        }

        assertThat(told).isBetween(1, 6);
        assertThat(alarms.judge(9).grade()).isPositive();
    }

    @Test
    void scoresOfWhatNeverChangesAreNeverTold() {
        for (int i = 0; i < 500; i++) {
            assertThat(alarms.judge(0.5f + i % 3 * 1e-3f).grade()).isZero();
        }
    }

    @Test
    void aBudgetThatIsNoneIsRefused() {
        assertThatThrownBy(() -> AlarmSettings.of(0.06))
                .hasMessage("share must be positive and at most 0.05, found 0.06");
        assertThatThrownBy(() -> AlarmSettings.of(Double.NaN))
                .hasMessage("share must be positive and at most 0.05, found NaN");
    }

    private void usual(int scores) {
        for (int i = 0; i < scores; i++) {
            alarms.judge(0.7f + 0.2f * random.nextFloat() + (random.nextInt(20) == 0 ? 0.3f * random.nextFloat() : 0));
        }
    }
}
