package io.mlpool.training.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.mlpool.model.Calibration;
import io.mlpool.training.dataset.WindowSet;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class CalibratorTest {

    /** Quantiles of the normal distribution at the default levels. */
    private static final List<Double> NORMAL = List.of(-1.6449, -1.2816, -0.6745, 0.0, 0.6745, 1.2816, 1.6449);

    @Test
    void quantilesThatAreTooNarrowAreMovedOut() {
        List<Forecasts> folds = List.of(fold(1, 1, 0.7), fold(2, 1, 0.7), fold(3, 1, 0.7));

        CalibrationReport report = Calibrator.fit(folds);

        assertThat(report.choices()).allSatisfy(choice -> {
            assertThat(choice.shrinkage()).isGreaterThanOrEqualTo(0.75);
            assertThat(choice.lossAfter()).isLessThan(choice.lossBefore());
        });
        assertThat(coverage80(fold(4, 1, 0.7).calibrated(report.calibration()))).isCloseTo(0.8, within(0.03));
    }

    @Test
    void whatOneQuietStretchTeachesIsNotBelievedWhenTheOthersContradictIt() {
        List<Forecasts> folds = List.of(fold(1, 0.7, 1), fold(2, 1.3, 1), fold(3, 0.8, 1), fold(4, 1.25, 1));

        CalibrationReport report = Calibrator.fit(folds);

        assertThat(report.choices())
                .allSatisfy(choice -> assertThat(choice.lossAfter()).isLessThanOrEqualTo(choice.lossBefore()));
        assertThat(report.calibration().offsets().getFirst())
                .allSatisfy(offset -> assertThat(Math.abs(offset)).isLessThan(0.1));
    }

    @Test
    void quantilesThatAreRightStayWhereTheyAre() {
        CalibrationReport report = Calibrator.fit(List.of(fold(1, 1, 1), fold(2, 1, 1), fold(3, 1, 1)));

        assertThat(report.calibration().offsets().getFirst())
                .allSatisfy(offset -> assertThat(Math.abs(offset)).isLessThan(0.06));
    }

    @Test
    void aSingleFoldIsCutInTwoSoThatItCannotPraiseItself() {
        Forecasts whole = fold(1, 1, 1);
        CalibrationReport report = Calibrator.fit(List.of(whole));

        assertThat(report.choices())
                .allSatisfy(choice -> assertThat(choice.lossAfter()).isLessThanOrEqualTo(choice.lossBefore()));
        assertThat(report.calibration().offsets()).hasSize(2);
    }

    @Test
    void noneChangesNothing() {
        Forecasts fold = fold(1, 1, 0.7);

        assertThat(fold.calibrated(Calibration.none(Handmade.SHAPE)).quantiles())
                .isEqualTo(fold.quantiles());
    }

    /** Outcomes that are normal with a spread, forecast with another. */
    private static Forecasts fold(long seed, double spread, double said) {
        SplittableRandom random = new SplittableRandom(seed);
        WindowSet windows = Handmade.windows(2000, (i, horizon) -> spread * random.nextGaussian());
        return Handmade.forecasts(
                windows,
                (i, horizon, level) -> said * NORMAL.get(Handmade.SHAPE.levels().indexOf(level)));
    }

    private static double coverage80(Forecasts forecasts) {
        CentralInterval interval = CentralInterval.of(Handmade.SHAPE.levels()).get(1);
        int covered = 0;
        for (int i = 0; i < forecasts.windows().size(); i++) {
            covered += interval.covers(forecasts, i, 0) ? 1 : 0;
        }
        return (double) covered / forecasts.windows().size();
    }
}
