package io.mlpool.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.mlpool.drift.Drift.Finding;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class DriftTest {

    private static final int RESAMPLES = 500;
    private static final int WEEKS = 52;

    /** More of them, and the rate is told more exactly: {@code -Ddrift.references=500}. */
    private static final int REFERENCES = Integer.getInteger("drift.references", 10);

    @Test
    void stationaryWeeksAreCalledDriftingAsOftenAsPromised() {
        int significant = 0;
        int drifting = 0;
        for (int world = 0; world < REFERENCES; world++) {
            Simulation market = new Simulation(3, Simulation.thirty(), 1_000 + world);
            DriftReference reference = market.reference(WEEKS);
            for (int week = 0; week < RESAMPLES / REFERENCES; week++) {
                Drift drift = drift(reference, market.week());
                significant += drift.columns().stream().anyMatch(Finding::isSignificant) ? 1 : 0;
                drifting += drift.drifting().isEmpty() ? 0 : 1;
            }
        }
        System.out.printf(
                Locale.ROOT,
                "of %d stationary weeks of 30 features %d had a significant difference and %d drifted, %.1f %% were promised%n",
                RESAMPLES,
                significant,
                drifting,
                100 * Drift.RATE);
        assertThat(significant / (double) RESAMPLES)
                .as("not never, and no more often than promised: three standard errors of 500 are 2.9 points")
                .isBetween(0.01, Drift.RATE + 0.029);
        assertThat(drifting).isPositive().isLessThanOrEqualTo(significant);
    }

    @Test
    void halfADeviationInOneOfThirtyFeaturesIsFoundWithinAWeek() {
        double[] memory = Simulation.thirty();
        int[] found = new int[4];
        int wrong = 0;
        int weeks = 0;
        for (int world = 0; world < 3; world++) {
            Simulation market = new Simulation(3, memory, 77 + world);
            DriftReference reference = market.reference(WEEKS);
            for (int week = 0; week < 20; week++) {
                double[][] rows = market.week();
                weeks++;
                for (int feature = 0; feature < found.length; feature++) {
                    Drift drift = drift(reference, shifted(rows, feature, 0.5));
                    found[feature] += drift.columns().get(feature).drifts() ? 1 : 0;
                    wrong += drift.drifting().size()
                            - (drift.columns().get(feature).drifts() ? 1 : 0);
                }
            }
        }
        for (int feature = 0; feature < found.length; feature++) {
            System.out.printf(
                    Locale.ROOT,
                    "a shift of 0.5 in a feature that remembers %.2f of the hour before: found in %d of %d weeks%n",
                    memory[feature],
                    found[feature],
                    weeks);
        }
        assertThat(found[0]).isEqualTo(weeks);
        assertThat(found[1]).isGreaterThanOrEqualTo(weeks * 3 / 4);
        assertThat(wrong).as("others that stayed as they were").isLessThan(weeks * found.length / 10);
    }

    @Test
    void aDistributionThatWidensIsFoundThoughItsMeanStays() {
        Simulation market = new Simulation(3, Simulation.thirty(), 5);
        DriftReference reference = market.reference(WEEKS);
        double[][] rows = market.week();
        for (double[] row : rows) {
            row[0] *= 2;
        }

        Finding finding = drift(reference, rows).columns().getFirst();

        assertThat(finding.drifts()).isTrue();
        assertThat(Math.abs(finding.shift())).isLessThan(Drift.LARGE_SHIFT);
        assertThat(finding.stabilityIndex()).isGreaterThan(Drift.LARGE_INDEX);
    }

    @Test
    void whatIsSignificantButSmallIsNoDrift() {
        double[] sorted = new SplittableRandom(6)
                .doubles(10_000)
                .map(share -> 2 * share - 1)
                .sorted()
                .toArray();
        Bins bins = Bins.of(sorted);
        double deviation = Math.sqrt(1 / 3.0);
        Column column =
                new Column("steady", bins, Collections.nCopies(10, 0.1), 0, deviation, 1e-6, -7, 0.5, 50, -0.99, 0.99);
        DriftReference reference = new DriftReference(7, 168, 1, List.of(column), 0);
        double[][] rows = Arrays.stream(sorted)
                .mapToObj(value -> new double[] {value + 0.1})
                .toArray(double[][]::new);

        Finding finding = drift(reference, rows).columns().getFirst();

        assertThat(finding.isSignificant()).isTrue();
        assertThat(finding.shift()).isCloseTo(0.1 / deviation, within(0.02));
        assertThat(finding.drifts()).isFalse();
    }

    @Test
    void weeksThatRepeatEachOtherCountForFewer() {
        double[] moods = {0, 0.998};
        DriftReference reference = new Simulation(3, moods, 12).reference(WEEKS);
        assertThat(reference.columns().get(0).independent()).isEqualTo(WEEKS);
        assertThat(reference.columns().get(1).independent()).isBetween(3.0, WEEKS / 2.0);
    }

    @Test
    void rowsThatRepeatEachOtherCountForFewer() {
        Simulation market = new Simulation(3, Simulation.thirty(), 7);
        Drift drift = drift(market.reference(WEEKS), market.week());

        double forgets = drift.columns().get(0).effective();
        double remembers = drift.columns().get(5).effective();
        // Three assets that share half of their variance are worth 1.5; of one that remembers 0.98, 99 hours are worth
        // one.
        assertThat(forgets).isBetween(150.0, 400.0);
        assertThat(remembers).isBetween(1.0, 8.0);
        assertThat(drift.columns().getFirst().rows()).isEqualTo(504);
    }

    @Test
    void lessOfAWeekOrFewerAssetsProveLess() {
        Simulation market = new Simulation(3, Simulation.thirty(), 8);
        DriftReference reference = market.reference(WEEKS);
        double[][] day = Arrays.copyOf(shifted(market.week(), 0, 0.5), 24 * 3);
        double[][] week = shifted(market.week(), 0, 0.5);
        double[][] ofOne = new double[Simulation.WEEK][];
        Arrays.setAll(ofOne, hour -> week[3 * hour]);

        assertThat(effective(reference, day, 24)).isCloseTo(effective(reference, week, 168) / 7, within(1e-9));
        assertThat(effective(reference, ofOne, 168)).isCloseTo(effective(reference, week, 168) / 3, within(1e-9));
    }

    @Test
    void aFeatureThatNeverMovedDriftsAsSoonAsItMoves() {
        List<double[][]> weeks = new java.util.ArrayList<>();
        Simulation market = new Simulation(3, new double[1], 9);
        for (int week = 0; week < 20; week++) {
            double[][] rows = market.week();
            Arrays.stream(rows).forEach(row -> row[0] = 2);
            weeks.add(rows);
        }
        double[] values = {2, 2, 2};
        Bins bins = Bins.of(values);
        Stretches stretches = new Stretches(weeks.stream()
                .map(week -> Simulation.tally(List.of(bins), week))
                .toList());
        DriftReference reference =
                new DriftReference(7, 168, 3, List.of(stretches.column(0, "constant", bins, values)), 0);

        assertThat(drift(reference, weeks.getFirst()).columns().getFirst().p()).isEqualTo(1);
        Finding moved = drift(reference, market.week()).columns().getFirst();
        assertThat(moved.drifts()).isTrue();
        assertThat(moved.shift()).as("there is no deviation to measure it in").isZero();
    }

    @Test
    void fewStretchesTellNothing() {
        Simulation market = new Simulation(1, new double[1], 10);
        assertThatThrownBy(() -> market.reference(Stretches.FEWEST - 1)).hasMessageContaining("8 stretches are needed");
    }

    @Test
    void unusualRowsAreOneInAThousandOfWhatWasLearnedFromAndOfWhatIsLikeIt() {
        Simulation market = new Simulation(5, new double[20], 11);
        double[][] learned = rows(market, 60);
        DriftReference reference = reference(learned);

        assertThat(share(reference, learned)).isCloseTo(0.001, within(0.0002));
        assertThat(share(reference, rows(market, 60))).as("never seen").isBetween(0.0005, 0.002);
        double[] far = new double[20];
        far[7] = 9;
        assertThat(reference.unusual(far)).extracting(Column::name).containsExactly("f7");
        double[] many = new double[20];
        Arrays.fill(many, 2.9);
        assertThat(reference.unusual(many)).hasSize(20);
        double[] one = new double[20];
        one[7] = 2.9;
        assertThat(reference.unusual(one)).as("alone it is not rare enough").isEmpty();
    }

    private static DriftReference reference(double[][] rows) {
        List<Column> columns = java.util.stream.IntStream.range(0, 20)
                .mapToObj(i -> {
                    double[] sorted = Arrays.stream(rows)
                            .mapToDouble(row -> row[i])
                            .sorted()
                            .toArray();
                    double low = sorted[sorted.length / 200];
                    double high = sorted[sorted.length - 1 - sorted.length / 200];
                    return new Column("f" + i, new Bins(List.of()), List.of(1.0), 0, 1, 0, 0, 1, 9, low, high);
                })
                .toList();
        double[] excess = Arrays.stream(rows)
                .mapToDouble(row -> DriftReference.excess(columns, row))
                .sorted()
                .toArray();
        return new DriftReference(7, 168, 5, columns, excess[excess.length - 1 - excess.length / 1_000]);
    }

    private static double share(DriftReference reference, double[][] rows) {
        return Arrays.stream(rows)
                        .filter(row -> !reference.unusual(row).isEmpty())
                        .count()
                / (double) rows.length;
    }

    private static double[][] rows(Simulation market, int weeks) {
        return java.util.stream.IntStream.range(0, weeks)
                .boxed()
                .flatMap(week -> Arrays.stream(market.week()))
                .toArray(double[][]::new);
    }

    private static double effective(DriftReference reference, double[][] rows, long bars) {
        return Drift.of(reference, Simulation.tally(reference.bins(), rows), bars)
                .columns()
                .getFirst()
                .effective();
    }

    private static Drift drift(DriftReference reference, double[][] rows) {
        return Drift.of(reference, Simulation.tally(reference.bins(), rows), Simulation.WEEK);
    }

    private static double[][] shifted(double[][] rows, int feature, double by) {
        return Arrays.stream(rows)
                .map(row -> {
                    double[] moved = row.clone();
                    moved[feature] += by;
                    return moved;
                })
                .toArray(double[][]::new);
    }
}
