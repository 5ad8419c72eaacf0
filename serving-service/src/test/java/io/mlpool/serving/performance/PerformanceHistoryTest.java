package io.mlpool.serving.performance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.mlpool.model.Horizon;
import io.mlpool.serving.paging.Page;
import io.mlpool.statistics.HacMean;
import io.mlpool.testing.TestDatabase;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Figures from sums that are known. */
class PerformanceHistoryTest {

    private static final Instant FROM = Instant.parse("2024-05-01T00:00:00Z");
    private static final int HOURS = 20 * 24;

    private static final JdbcClient JDBC = TestDatabase.create().jdbc();
    private static final PerformanceHistory HISTORY = new PerformanceHistory(JDBC);

    /** By hour: mean loss, mean naive loss, share within 80 %. */
    private static final double[][] TOLD = new double[HOURS][];

    @BeforeAll
    static void addUp() {
        SplittableRandom random = new SplittableRandom(7);
        measure(1, "4h", "{-1,0,1}");
        measure(2, "4h", null);
        for (int hour = 0; hour < HOURS; hour++) {
            int inside = 0;
            double loss = 0;
            double naive = 0;
            for (String liquidity : List.of("high", "low")) {
                long within = random.nextInt(6, 11);
                double lost = (liquidity.equals("low") ? 5 : 4) + random.nextDouble();
                double lostNaively = 5 + random.nextDouble();
                outcome(1, FROM.plus(Duration.ofHours(hour)), liquidity, 1 + within, lost, lostNaively);
                inside += Math.toIntExact(within);
                loss += lost;
                naive += lostNaively;
            }
            TOLD[hour] = new double[] {loss / 20, naive / 20, inside / 20.0};
        }
        outcome(2, FROM.plus(Duration.ofHours(1)), "high", 9, 4, null);
        for (int asset = 0; asset < 25; asset++) {
            day(
                    "coin-%02d".formatted(asset),
                    LocalDate.parse("2024-05-03"),
                    1 + asset,
                    0.1 + (asset % 5 == 0 ? 1 : asset));
        }
    }

    @Test
    void figuresAreRatiosOfSums() {
        Standing all = only(query(null, null, By.HORIZON));

        double loss = mean(0);
        double naive = mean(1);
        assertThat(all.forecasts()).isEqualTo(HOURS * 20L);
        assertThat(all.wql()).isCloseTo(loss / 0.8, within(1e-9));
        assertThat(all.naiveWql()).isCloseTo(naive / 0.8, within(1e-9));
        assertThat(all.absoluteError()).as("in percent").isCloseTo(2, within(1e-9));
        assertThat(all.skill()).isNotNull();
        assertThat(all.skill().value()).isCloseTo(100 * (1 - loss / naive), within(1e-9));
        assertThat(all.calibration()).containsEntry("0.1", 0.1).containsKeys("0.5", "0.9");
        assertThat(coverage(all).value()).isCloseTo(mean(2), within(1e-9));
        assertThat(all.estimate().ratio()).isCloseTo(1.25, within(1e-9));
        assertThat(all.estimate().spreadRatio()).isCloseTo(0.75, within(1e-9));
    }

    @Test
    void intervalsKnowThatOutcomesOfFourHoursOverlap() {
        Standing all = only(query(null, null, By.HORIZON));

        double half = HacMean.of(series(2), 4).halfWidth(0.95);
        assertThat(coverage(all).low()).isCloseTo(mean(2) - half, within(1e-9));
        assertThat(coverage(all).high()).isCloseTo(mean(2) + half, within(1e-9));
        assertThat(all.skill()).isNotNull();
        assertThat(all.skill().low()).isNotNull().isLessThan(all.skill().value());
    }

    @Test
    void aFewOutcomesHaveNoInterval() {
        Standing short_ = only(new PerformanceQuery(
                "price-1h", 1, null, null, null, null, FROM, FROM.plus(Duration.ofHours(7)), By.HORIZON));

        assertThat(coverage(short_).low()).isNull();
        assertThat(short_.skill()).isNotNull();
        assertThat(short_.skill().high()).isNull();
    }

    @Test
    void aVersionWhoseOpponentIsNotKnownHasNoSkill() {
        Standing other = HISTORY.page(
                        new PerformanceQuery(null, 2, null, null, null, null, FROM, end(), By.HORIZON), null, 10)
                .items()
                .getFirst();

        assertThat(other.skill()).isNull();
        assertThat(other.naiveWql()).isNull();
        assertThat(other.wql()).isCloseTo(4 / 10.0 / 0.8, within(1e-9));
    }

    @Test
    void groupsAreToldApartAndCanBeAskedForAlone() {
        List<Standing> groups = page(query(null, null, By.LIQUIDITY));

        assertThat(groups).extracting(Standing::liquidity).containsExactly("high", "low");
        assertThat(groups.getFirst().wql()).isLessThan(groups.getLast().wql());
        assertThat(only(query(null, "low", By.HORIZON)).wql())
                .isEqualTo(groups.getLast().wql());
    }

    @Test
    void daysAreThoseOfUtc() {
        List<Standing> days = page(query(null, null, By.DAY));

        assertThat(days).hasSize(20);
        assertThat(days.getFirst().day()).isEqualTo(LocalDate.parse("2024-05-01"));
        assertThat(days).allSatisfy(day -> assertThat(day.forecasts()).isEqualTo(480));
    }

    @Test
    void assetsComeInPagesWithNoneTwiceAndNoneLeftOut() {
        List<String> seen = new ArrayList<>();
        String cursor = null;
        do {
            Page<Standing> page = HISTORY.page(query(null, null, By.ASSET), cursor, 10);
            page.items().forEach(one -> seen.add(String.valueOf(one.asset())));
            cursor = page.nextCursor();
        } while (cursor != null);

        assertThat(seen).hasSize(25).isSorted().doesNotHaveDuplicates();
        assertThat(only(query("coin-07", null, By.HORIZON)).forecasts()).isEqualTo(10);
    }

    /** The oracle: scipy.stats.spearmanr(range(1, 26), [1 if a % 5 == 0 else a for a in range(25)]) with ties at their lowest rank. */
    @Test
    void rankCorrelationIsOfEstimatedAndRealisedErrors() {
        assertThat(only(query(null, null, By.HORIZON)).estimate().rankCorrelation())
                .isCloseTo(0.7115996826501488, within(1e-9));
        assertThat(page(query(null, null, By.LIQUIDITY)))
                .allSatisfy(one -> assertThat(one.estimate().rankCorrelation()).isNull());
    }

    @Test
    void newestCorrectionIsShown() {
        JDBC.sql("""
                INSERT INTO forecast_correction VALUES ('price-1h', 1, '4h', '2024-05-02T00:00:00Z', 20, '{-0.1,0,0.1}'),
                  ('price-1h', 1, '4h', '2024-05-03T00:00:00Z', 44, '{-0.2,0,0.2}'), ('price-1h', 1, '4h', '2034-05-03T00:00:00Z', 99, '{-9,0,9}')
                """).update();

        Standing.AppliedCorrection correction =
                only(query(null, null, By.HORIZON)).correction();

        assertThat(correction).isNotNull();
        assertThat(correction.outcomes()).isEqualTo(44);
        assertThat(correction.offsets()).containsEntry("0.1", -0.2).containsEntry("0.9", 0.2);
    }

    private static PerformanceQuery query(@Nullable String asset, @Nullable String group, By by) {
        return new PerformanceQuery("price-1h", 1, "champion", Horizon.of("4h"), asset, group, FROM, end(), by);
    }

    private static Instant end() {
        return FROM.plus(Duration.ofHours(HOURS));
    }

    private static List<Standing> page(PerformanceQuery query) {
        return HISTORY.page(query, null, 100).items();
    }

    private static Standing only(PerformanceQuery query) {
        List<Standing> found = page(query);
        assertThat(found).hasSize(1);
        return found.getFirst();
    }

    private static Standing.Bounded coverage(Standing standing) {
        return Objects.requireNonNull(standing.coverage().get("80"));
    }

    private static double mean(int of) {
        return java.util.Arrays.stream(series(of)).average().orElseThrow();
    }

    private static double[] series(int of) {
        return java.util.Arrays.stream(TOLD).mapToDouble(hour -> hour[of]).toArray();
    }

    private static void measure(int version, String horizon, @Nullable String naive) {
        JDBC.sql("""
                INSERT INTO forecast_measure (model, version, horizon, interval, seconds, levels, naive)
                VALUES ('price-1h', :version, :horizon, '1h', 14400, '{0.1,0.5,0.9}', :naive::float8[])
                """)
                .param("version", version)
                .param("horizon", horizon)
                .param("naive", naive)
                .update();
    }

    /** Ten assets, one of them below the lowest quantile. */
    private static void outcome(
            int version, Instant at, String liquidity, long belowHighest, double loss, @Nullable Double naive) {
        JDBC.sql("""
                INSERT INTO forecast_outcome VALUES ('price-1h', :version, '4h', :at::timestamptz, 'champion', :liquidity, 10,
                  ARRAY[1, 5, :below]::bigint[], :loss, :naive, 8, 0.2, 0.3, 0.15, 0.25)
                """)
                .param("version", version)
                .param("at", at.toString())
                .param("liquidity", liquidity)
                .param("below", belowHighest)
                .param("loss", loss)
                .param("naive", naive)
                .update();
    }

    private static void day(String asset, LocalDate day, double estimated, double realised) {
        JDBC.sql("""
                INSERT INTO forecast_day VALUES ('price-1h', 1, '4h', :asset, :day, 'champion', 'high', 10, '{1,5,9}', 4, 5, 8, :realised, 0.3, 0.15,
                  :estimated)
                """)
                .param("asset", asset)
                .param("day", day)
                .param("realised", realised)
                .param("estimated", estimated)
                .update();
    }
}
