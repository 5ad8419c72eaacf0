package io.mlpool.serving.anomaly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.DoubleSupplier;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Hours of made-up streams, two alarms a week. */
class StreamDetectorTest {

    private static final double HOURS_A_WEEK = 168;
    private static final double SHARE = 2 / HOURS_A_WEEK;

    private final Random random = new Random(11);

    @Test
    void normalNoiseKeepsToTheBudget() {
        assertBudget(3, hour -> points(3, random::nextGaussian));
    }

    @Test
    void heavyTailsKeepToTheBudget() {
        assertBudget(3, hour -> points(3, this::studentT3));
    }

    @Test
    void aDailySeasonKeepsToTheBudget() {
        assertBudget(3, hour -> points(3, () -> 3 * Math.sin(hour * Math.PI / 12) + random.nextGaussian()));
    }

    @Test
    void oneNumberKeepsToTheBudget() {
        assertBudget(1, hour -> points(1, random::nextGaussian));
    }

    @Test
    void aSpikeInOneDimensionIsToldWithThatDimension() {
        Map<Integer, Finding> found = found(4, 1, 1_500, hour -> {
            double[] point = points(4, random::nextGaussian);
            point[0] *= 1e6;
            point[2] *= 1e-6;
            point[2] += hour == 1_400 ? 15e-6 : 0;
            return point;
        });

        Finding finding = Objects.requireNonNull(found.get(1_400));
        assertThat(finding.grade()).isGreaterThan(0.9);
        assertThat(finding.score()).isGreaterThan(finding.threshold());
        assertThat(finding.dimension()).isEqualTo(2);
        assertThat(finding.observed()).isBetween(10e-6, 20e-6);
        assertThat(finding.expected()).isBetween(-2.5e-6, 2.5e-6);
        assertThat(finding.shares()[2]).isGreaterThan(0.6);
        assertThat(Arrays.stream(finding.shares()).sum()).isCloseTo(1, within(1e-9));
    }

    @Test
    void whatIsExpectedDependsOnTheOtherDimensions() {
        Map<Integer, Finding> found = found(2, 1, 1_500, hour -> {
            double level = hour % 2 == 0 ? 10 : -10;
            double[] point = {level + random.nextGaussian(), level + random.nextGaussian()};
            point[1] = hour == 1_400 ? 60 : point[1];
            return point;
        });

        assertThat(Objects.requireNonNull(found.get(1_400)).expected()).isBetween(7.0, 14.0);
    }

    @Test
    void aShiftOfLevelIsToldOnceAndThenUsual() {
        Map<Integer, Finding> found = found(3, 1, 3_000, hour -> {
            double[] point = points(3, random::nextGaussian);
            point[1] += hour >= 1_400 ? 12 : 0;
            return point;
        });

        assertThat(found).containsKey(1_400);
        assertThat(among(found, 1_401, 1_600)).hasSizeLessThanOrEqualTo(4);
        assertThat(among(found, 2_000, 3_000)).hasSizeLessThanOrEqualTo(20);
    }

    @Test
    void theSecondOfTwoAnomaliesIsToldToo() {
        Map<Integer, Finding> found = found(3, 1, 1_500, hour -> {
            double[] point = points(3, random::nextGaussian);
            point[0] += hour == 1_400 || hour == 1_410 ? 20 : 0;
            return point;
        });

        assertThat(found).containsKeys(1_400, 1_410);
        assertThat(among(found, 1_401, 1_410)).isEmpty();
    }

    @Test
    void withShinglesAnUnusualOrderIsTold() {
        Map<Integer, Finding> found = found(
                1, 4, 1_500, hour -> new double[] {(hour == 1_402 ? 0 : hour % 4) + 0.05 * random.nextGaussian()});

        assertThat(found).containsKey(1_402);
    }

    @Test
    void whatNeverMovesIsNeverTold() {
        assertThat(found(3, 1, 1_000, hour -> new double[] {5, 0, 1e9})).isEmpty();
        assertThat(found(1, 1, 1_000, hour -> new double[] {5})).isEmpty();
    }

    @Test
    void whatHardlyMovesIsNeverTold() {
        assertThat(found(2, 1, 1_000, hour -> points(2, () -> 100 + 1e-9 * random.nextGaussian())))
                .isEmpty();
    }

    @Test
    void oneMoveAfterALongSilenceIsOneAlarm() {
        assertThat(found(2, 1, 1_000, hour -> new double[] {hour == 700 ? 6 : 5, 1}))
                .containsOnlyKeys(700);
        assertThat(found(1, 1, 1_000, hour -> new double[] {hour == 700 ? 6 : 5}))
                .containsOnlyKeys(700);
        assertThat(found(2, 1, 1_000, hour -> new double[] {hour >= 700 ? 6 : 5, 1}))
                .containsOnlyKeys(700);
    }

    @Test
    void aStreamThatWakesUpIsNoStorm() {
        Map<Integer, Finding> found =
                found(2, 1, 2_000, hour -> new double[] {hour < 700 ? 5 : 5 + random.nextGaussian(), 1});

        assertThat(found).containsKey(700).hasSizeLessThanOrEqualTo(20);
        assertThat(among(found, 701, 800)).hasSizeLessThanOrEqualTo(3);
    }

    @Test
    void whatIsNotKnownIsNeverWhatIsTold() {
        Map<Integer, Finding> found = found(3, 1, 3_000, hour -> {
            double[] point = points(3, random::nextGaussian);
            point[1] = hour % 3 == 0 ? point[1] : Double.NaN;
            point[2] = Double.NaN;
            return point;
        });

        assertThat(found).isNotEmpty().allSatisfy((hour, finding) -> {
            assertThat(finding.shares()[2]).isZero();
            assertThat(hour % 3 == 0 || finding.shares()[1] == 0).isTrue();
            assertThat(finding.observed()).isNotNaN();
        });
        assertBudget(found, 3_000);
    }

    @Test
    void hoursOfWhichNothingIsKnownAreNone() {
        StreamDetector withGaps = detector(2, 1);
        StreamDetector without = detector(2, 1);
        for (int hour = 0; hour < 600; hour++) {
            double[] point = points(2, random::nextGaussian);
            withGaps.next(new double[] {Double.NaN, Double.NaN});
            assertThat(withGaps.next(point).map(Finding::score))
                    .isEqualTo(without.next(point).map(Finding::score));
        }
    }

    @Test
    void aRestoredOneGoesOnExactlyAsTheOther() {
        StreamDetector uninterrupted = detector(3, 2);
        StreamDetector restored = detector(3, 2);
        List<Double> scores = new ArrayList<>();
        List<Double> same = new ArrayList<>();
        for (int hour = 0; hour < 900; hour++) {
            double[] point = points(3, random::nextGaussian);
            point[1] = hour % 5 == 0 ? Double.NaN : point[1];
            uninterrupted.next(point).ifPresent(finding -> scores.add(finding.score()));
            restored.next(point).ifPresent(finding -> same.add(finding.score()));
            if (hour % 100 == 57) {
                restored = StreamDetector.of(settings(3, 2), restored.state());
            }
        }

        assertThat(same).isEqualTo(scores).hasSizeGreaterThan(3);
        assertThat(restored.state()).isEqualTo(uninterrupted.state());
    }

    private void assertBudget(int dimensions, IntFunction<double[]> points) {
        assertBudget(found(dimensions, 1, 4_000, points), 4_000);
    }

    /** 36 are allowed in three thousand hours; the bounds are three standard deviations of a Poisson number. */
    private static void assertBudget(Map<Integer, Finding> found, int hours) {
        double allowed = (hours - 1_000) * SHARE;
        assertThat(among(found, 1_000, hours).size() / allowed).isCloseTo(1, within(3 / Math.sqrt(allowed)));
        assertThat(among(found, 0, 1_000)).hasSizeLessThanOrEqualTo(24);
    }

    private static Map<Integer, Finding> found(int dimensions, int shingle, int hours, IntFunction<double[]> points) {
        StreamDetector detector = detector(dimensions, shingle);
        Map<Integer, Finding> found = new TreeMap<>();
        for (int hour = 0; hour < hours; hour++) {
            int at = hour;
            detector.next(points.apply(hour)).ifPresent(finding -> found.put(at, finding));
        }
        return found;
    }

    private static List<Integer> among(Map<Integer, Finding> found, int from, int to) {
        return found.keySet().stream().filter(hour -> hour >= from && hour < to).toList();
    }

    private static StreamDetector detector(int dimensions, int shingle) {
        return new StreamDetector(settings(dimensions, shingle));
    }

    private static DetectorSettings settings(int dimensions, int shingle) {
        List<Dimension> named = IntStream.range(0, dimensions)
                .mapToObj(i -> new Dimension("number " + i, 0))
                .toList();
        return DetectorSettings.of(named, shingle, SHARE);
    }

    private static double[] points(int dimensions, DoubleSupplier values) {
        return IntStream.range(0, dimensions)
                .mapToDouble(i -> values.getAsDouble())
                .toArray();
    }

    private double studentT3() {
        double sum = 0;
        for (int i = 0; i < 3; i++) {
            double value = random.nextGaussian();
            sum += value * value;
        }
        return random.nextGaussian() / Math.sqrt(sum / 3);
    }
}
