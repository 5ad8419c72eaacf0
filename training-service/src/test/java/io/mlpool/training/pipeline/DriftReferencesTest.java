package io.mlpool.training.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.mlpool.drift.Column;
import io.mlpool.drift.Drift;
import io.mlpool.drift.DriftReference;
import io.mlpool.drift.Tally;
import io.mlpool.model.Calibration;
import io.mlpool.model.WatchedValues;
import io.mlpool.training.SyntheticMarket;
import io.mlpool.training.dataset.WindowSet;
import io.mlpool.training.naive.RandomWalk;
import java.util.Arrays;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DriftReferencesTest {

    private static final WindowSet TRAIN = SyntheticMarket.windows(SyntheticMarket::noise, 6_000, 4, 1);
    private static final WatchedValues WATCHED = new WatchedValues(TRAIN.schema(), TRAIN.shape());
    private static final DriftReference REFERENCE = Objects.requireNonNull(reference(TRAIN));

    @Test
    void aColumnForEachFeatureButTheClockAndForTheForecast() {
        assertThat(REFERENCE.names())
                .hasSize(TRAIN.schema().width() - 4 + 4)
                .contains("return_168", "forecast_median_1h", "forecast_width_4h")
                .doesNotContain("hour_sin", "weekday_cos");
        assertThat(REFERENCE.bars()).isCloseTo(168, within(1.0));
        assertThat(REFERENCE.assets()).isEqualTo(1);
    }

    @Test
    void sharesAndMeansAreThoseOfTheTrainSlice() {
        Column column = column(REFERENCE, "return_1");
        assertThat(column.shares()).hasSize(10).allSatisfy(share -> assertThat(share)
                .isCloseTo(0.1, within(0.01)));
        assertThat(column.shares().stream().mapToDouble(Double::doubleValue).sum())
                .isCloseTo(1, within(1e-9));
        double[] values = values(TRAIN, "return_1");
        assertThat(column.mean()).isCloseTo(Arrays.stream(values).average().orElseThrow(), within(0.02));
        assertThat(column.low()).isCloseTo(quantile(values, 0.005), within(0.02));
    }

    @Test
    void whatRemembersLongIsWorthFewIndependentHours() {
        double forgets = worth(column(REFERENCE, "return_1"));
        double remembers = worth(column(REFERENCE, "return_168"));
        assertThat(forgets).isBetween(80.0, 400.0);
        assertThat(remembers).as("a week's returns overlap all week").isLessThan(5);
    }

    @Test
    void calmWeeksAfterwardsAreSteadyAndAnotherMarketDrifts() {
        WindowSet later = SyntheticMarket.windows(SyntheticMarket::noise, 2_500, 4, 2);
        int steady = 0;
        for (int week = 0; week < 10; week++) {
            steady += drift(later, week).drifting().isEmpty() ? 1 : 0;
        }
        assertThat(steady).isGreaterThanOrEqualTo(8);

        WindowSet wild = SyntheticMarket.windows(SyntheticMarket::pattern, 1_500, 4, 3);
        assertThat(drift(wild, 1).drifting()).isNotEmpty();
    }

    @Test
    void oneWindowInAThousandIsUnusual() {
        long unusual = IntStream.range(0, TRAIN.size())
                .filter(i -> !REFERENCE.unusual(features(TRAIN, i)).isEmpty())
                .count();
        assertThat(unusual / (double) TRAIN.size()).isBetween(0.0005, 0.0015);
    }

    @Test
    void anOpponentThatSaysTheSameToAllIsNoReasonToFail() {
        Column width = column(REFERENCE, "forecast_width_1h");
        assertThat(width.deviation()).isCloseTo(0, within(1e-6));
        assertThat(width.shares()).containsExactly(0.0, 1.0, 0.0);
    }

    @Test
    void sevenWeeksAreTooFew() {
        assertThat(reference(SyntheticMarket.windows(SyntheticMarket::noise, 1_500, 4, 4)))
                .isNull();
    }

    private static @org.jspecify.annotations.Nullable DriftReference reference(WindowSet train) {
        return DriftReferences.of(train, RandomWalk.fit(train), Calibration.none(train.shape()), 7);
    }

    private static Drift drift(WindowSet windows, int week) {
        RandomWalk model = RandomWalk.fit(TRAIN);
        Tally tally = REFERENCE.tally();
        IntStream.range(week * 168, (week + 1) * 168).forEach(i -> {
            double[] features = features(windows, i);
            double[] forecast = WATCHED.forecast(Calibration.none(windows.shape()), model.forecast(new float[0], 1), 0);
            double[] row = Arrays.copyOf(features, features.length + forecast.length);
            System.arraycopy(forecast, 0, row, features.length, forecast.length);
            tally.add(row);
        });
        return Drift.of(REFERENCE, tally, 168);
    }

    private static double[] features(WindowSet windows, int i) {
        float[] window = new float[windows.schema().steps() * windows.schema().width()];
        windows.copyWindow(i, window, 0);
        return WATCHED.features(window, window.length - windows.schema().width());
    }

    private static double[] values(WindowSet windows, String feature) {
        int at = WATCHED.featureNames().indexOf(feature);
        return IntStream.range(0, windows.size())
                .mapToDouble(i -> features(windows, i)[at])
                .toArray();
    }

    private static double quantile(double[] values, double share) {
        return Arrays.stream(values).sorted().toArray()[(int) (share * values.length)];
    }

    private static double worth(Column column) {
        return column.deviation() * column.deviation() / column.meanVariance();
    }

    private static Column column(DriftReference reference, String name) {
        return reference.columns().get(reference.names().indexOf(name));
    }
}
