package io.mlpool.standalone.nab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** By hand from the paper's formula: a series of a hundred rows, of which 15 are probation, with a window from row 40 to 49. */
class NabScoreTest {

    private static final NabSeries SERIES =
            new NabSeries("family/one.csv", new float[100], List.of(new NabSeries.Window(40, 49)));

    @Test
    void anAlarmAtTheFirstRowOfTheWindowAloneIsPerfect() {
        assertThat(score(NabProfile.STANDARD, 40).score()).isEqualTo(100);
    }

    @Test
    void silenceIsZeroAndItsThresholdIsNeverReached() {
        assertThat(score(NabProfile.STANDARD)).isEqualTo(new NabScore(Double.POSITIVE_INFINITY, 0));
    }

    @Test
    void aLaterAlarmIsWorthLessByTheSigmoidOfItsPlace() {
        double lastRow = (2 / (1 + Math.exp(-0.5)) - 1) / (2 / (1 + Math.exp(-5)) - 1);

        assertThat(score(NabProfile.STANDARD, 49).score()).isCloseTo(100 * (lastRow + 1) / 2, within(1e-9));
    }

    @Test
    void onlyTheEarliestAlarmOfAWindowCounts() {
        assertThat(score(NabProfile.STANDARD, 40, 41, 45, 49).score()).isEqualTo(100);
    }

    @Test
    void anAlarmBeforeAnyWindowCostsItsWholeWeight() {
        assertThat(score(NabProfile.STANDARD, 30, 40).score()).isCloseTo(100 * (1 - 0.11 + 1) / 2, within(1e-9));
        assertThat(score(NabProfile.FEW_FALSE_ALARMS, 30, 40).score())
                .isCloseTo(100 * (1 - 0.22 + 1) / 2, within(1e-9));
    }

    @Test
    void anAlarmShortlyBehindTheWindowCostsLessThanOneFarBehind() {
        double near = 0.11 * (2 / (1 + Math.exp(5 / 9.0)) - 1);

        assertThat(score(NabProfile.STANDARD, 40, 50).score()).isCloseTo(100 * (1 + near + 1) / 2, within(1e-9));
        assertThat(score(NabProfile.STANDARD, 40, 90).score()).isCloseTo(100 * (1 - 0.11 + 1) / 2, within(1e-9));
    }

    @Test
    void allAlarmsOfADetectorWithAThresholdOfItsOwnCount() {
        double[] alarms = new double[100];
        alarms[30] = 0.1;

        assertThat(NabScore.of(List.of(SERIES), Map.of(SERIES.name(), alarms), NabProfile.STANDARD)
                        .score())
                .isCloseTo(100 * -0.11 / 2, within(1e-9));

        alarms[40] = 0.9;

        assertThat(NabScore.of(List.of(SERIES), Map.of(SERIES.name(), alarms), NabProfile.STANDARD)
                        .score())
                .isCloseTo(100 * (1 - 0.11 + 1) / 2, within(1e-9));
    }

    @Test
    void nothingIsScoredInProbation() {
        assertThat(score(NabProfile.STANDARD, 3, 14, 40).score()).isEqualTo(100);
    }

    @Test
    void whoseMissesWeighMoreGainsMoreByWhatIsFound() {
        assertThat(score(NabProfile.FEW_MISSED, 30, 40).score()).isCloseTo(100 * (1 - 0.11 + 2) / 3, within(1e-9));
    }

    @Test
    void theThresholdIsTheBestOneAndHoldsForAllSeries() {
        NabSeries quiet = new NabSeries("family/quiet.csv", new float[100], List.of());
        double[] first = new double[100];
        first[40] = 0.9;
        double[] second = new double[100];
        second[60] = 0.8;

        assertThat(NabScore.best(
                        List.of(SERIES, quiet),
                        Map.of("family/one.csv", first, "family/quiet.csv", second),
                        NabProfile.STANDARD))
                .isEqualTo(new NabScore(0.9, 100));
    }

    @Test
    void everyRowHasAScore() {
        assertThatThrownBy(() ->
                        NabScore.best(List.of(SERIES), Map.of("family/one.csv", new double[99]), NabProfile.STANDARD))
                .hasMessage("family/one.csv has 100 rows, found scores for 99");
    }

    @Test
    void windowsLieWithinTheSeriesOneAfterTheOther() {
        assertThatThrownBy(() -> new NabSeries("a", new float[10], List.of(new NabSeries.Window(5, 10))))
                .hasMessageContaining("does not lie within its 10 rows");
        assertThatThrownBy(() -> new NabSeries(
                        "a", new float[10], List.of(new NabSeries.Window(2, 5), new NabSeries.Window(5, 6))))
                .hasMessageContaining("after the one before");
    }

    private static NabScore score(NabProfile profile, int... alarms) {
        double[] scores = new double[100];
        for (int row : alarms) {
            scores[row] = 1;
        }
        return NabScore.best(List.of(SERIES), Map.of("family/one.csv", scores), profile);
    }
}
