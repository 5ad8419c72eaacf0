package io.mlpool.serving.featurestore;

import static io.mlpool.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.mlpool.featurestore.FeatureReader;
import io.mlpool.featurestore.FeatureReader.Asked;
import io.mlpool.featurestore.FeatureReader.Known;
import io.mlpool.featurestore.FeatureRow;
import io.mlpool.featurestore.FeatureViews;
import io.mlpool.featurestore.PublishedView;
import io.mlpool.market.CandleStore;
import io.mlpool.market.Interval;
import io.mlpool.market.SeriesKey;
import io.mlpool.serving.TestMarket;
import io.mlpool.serving.market.MarketTime;
import io.mlpool.serving.market.RecentCandles;
import io.mlpool.testing.SettableClock;
import io.mlpool.testing.TestDatabase;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Two assets with 450 hours behind them; views begin two days before now. */
class MaterialisationTest {

    private static final Duration HOUR = Duration.ofHours(1);

    private final TestDatabase database = TestDatabase.create();
    private final TestMarket market = new TestMarket(database);
    private Instant now = TestMarket.START;
    private SettableClock clock = new SettableClock(now);

    @BeforeEach
    void add() {
        now = market.add("bitcoin", "btc", 450);
        market.add("dogecoin", "doge", 450);
        clock = new SettableClock(now);
    }

    @Test
    void aNewViewHasValuesOfTheTimeBeforeItsFirstStartAsFarAsTheSettingSays() {
        run(materialisation("bitcoin"));

        assertThat(count("price_1h")).isEqualTo(2 * 49);
        assertThat(count("liquidity_1h")).isEqualTo(2 * 49);
        assertThat(count("market_1h")).isEqualTo(49);
        assertThat(number("SELECT count(*) FROM feature_value WHERE event_time < :at", now.minus(Duration.ofDays(2))))
                .isZero();
        assertThat(number("SELECT count(*) FROM candle_change WHERE :at IS NOT NULL", now))
                .isZero();
        assertThat(number("SELECT count(*) FROM feature_pending WHERE :at IS NOT NULL", now))
                .isZero();
    }

    @Test
    void storedValuesAreWhatTheViewComputesFromAllCandles() {
        run(materialisation("bitcoin"));
        clock.advance(Duration.ofSeconds(5));

        for (PublishedView view : views("bitcoin").all()) {
            FeatureRow computed = computed(view, "bitcoin");
            Known stored = known(view, "bitcoin", clock.instant(), clock.instant());
            assertThat(stored.row().eventTime()).isEqualTo(computed.eventTime()).isEqualTo(now);
            assertThat(stored.row().values()).containsExactly(computed.values());
        }
    }

    @Test
    void whatDidNotChangeIsNotWrittenAgain() {
        run(materialisation("bitcoin"));
        long before = count("price_1h");
        database.jdbc().sql("UPDATE candle SET open = (low + high) / 2").update();

        run(materialisation("bitcoin"));

        assertThat(count("price_1h")).isEqualTo(before);
    }

    @Test
    void aCorrectedCandleAddsRowsOfTheEventsItMattersToAndLeavesTheOldOnes() {
        run(materialisation("bitcoin"));
        PublishedView price = views("bitcoin").find("price_1h").orElseThrow();
        clock.advance(HOUR);
        Instant before = clock.instant();
        Known old = known(price, "dogecoin", now, before);
        Instant corrected = now.minus(Duration.ofHours(5));
        correct("dogecoin", corrected);

        clock.advance(Duration.ofMinutes(1));
        run(materialisation("bitcoin"));
        clock.advance(Duration.ofMinutes(1));

        assertThat(count("price_1h")).isEqualTo(2 * 49 + 5);
        assertThat(number("SELECT count(*) FROM feature_value WHERE created_at > :at", before))
                .isEqualTo(5 + 5);
        Known seenLater = known(price, "dogecoin", now, before);
        assertThat(seenLater.createdAt()).isEqualTo(old.createdAt());
        assertThat(seenLater.row().values()).containsExactly(old.row().values());
        Known revised = known(price, "dogecoin", now, clock.instant());
        assertThat(revised.createdAt()).isAfter(before);
        assertThat(revised.row().values())
                .containsExactly(computed(price, "dogecoin").values());
        assertThat(revised.row().values()).isNotEqualTo(old.row().values());
    }

    @Test
    void aCorrectedCandleOfTheMarketChangesTheMarketAndNoOtherAsset() {
        run(materialisation("bitcoin", "dogecoin"));
        Instant before = clock.instant().plusSeconds(10);
        clock.set(before);
        correct("dogecoin", now.minus(Duration.ofHours(3)));
        run(materialisation("bitcoin", "dogecoin"));

        assertThat(count("market_1h")).isEqualTo(49 + 3);
        assertThat(number("""
                SELECT count(*) FROM feature_value v JOIN series s ON s.id = v.series_id
                WHERE s.asset = 'bitcoin' AND created_at > :at
                """, before)).isZero();
    }

    @Test
    void aLateCandleGivesTheHourItsRowAndChangesThoseAfterIt() {
        Instant hole = now.minus(Duration.ofHours(4));
        database.jdbc()
                .sql("DELETE FROM candle WHERE open_time = :at AND series_id = 2")
                .param("at", hole.atOffset(ZoneOffset.UTC))
                .update();
        run(materialisation("bitcoin"));
        assertThat(count("price_1h")).isEqualTo(2 * 49 - 1);

        market.extend("dogecoin", hole, 1, 0);
        run(materialisation("bitcoin"));

        assertThat(count("price_1h")).isEqualTo(2 * 49 + 3);
    }

    @Test
    void aValueCountsAMomentAfterItWasWrittenAndNotBefore() {
        run(materialisation("bitcoin"));
        PublishedView price = views("bitcoin").find("price_1h").orElseThrow();
        FeatureReader reader = new FeatureReader(database.jdbc());

        assertThat(reader.asOf(price, List.of(new Asked("bitcoin", now, now.plusSeconds(1)))))
                .containsOnlyNulls();
        assertThat(reader.asOf(price, List.of(new Asked("bitcoin", now, now.plusSeconds(2)))))
                .doesNotContainNull();
    }

    @Test
    void whatIsWrittenTooLateForTheTimeItIsToCountFromIsWrittenAgainWithMoreTime() {
        AtomicInteger looks = new AtomicInteger();
        InstantSource slow = () -> now.plusSeconds(3L * looks.incrementAndGet());

        run(materialisation(database, slow.withZone(ZoneOffset.UTC), "bitcoin"));

        assertThat(count("price_1h")).isEqualTo(2 * 48);
        assertThat(number("SELECT count(*) FROM feature_value WHERE created_at > :at", now.plusSeconds(11)))
                .as("two seconds were too few")
                .isEqualTo(5 * 48);
    }

    @Test
    void ofALongStretchTheNewestHoursComeFirstAndNoneIsLeftOut() {
        now = market.extend("bitcoin", now, 1_500, 0);
        clock.set(now);
        AtomicInteger looks = new AtomicInteger();
        Materialisation materialisation = materialisation(database, clock, Duration.ofDays(50), "bitcoin");
        materialisation.update(() -> looks.incrementAndGet() > 4);
        assertThat(number("SELECT count(*) FROM feature_value WHERE event_time = :at", now))
                .isPositive();
        assertThat(number("SELECT count(*) FROM feature_value WHERE event_time < :at", now.minus(Duration.ofDays(20))))
                .isZero();

        run(materialisation);
        assertThat(number(
                        "SELECT count(DISTINCT event_time) FROM feature_value WHERE series_id = 1 AND view_id = 1 AND event_time <= :at",
                        now))
                .isEqualTo(50 * 24 + 1);
    }

    @Test
    void stoppedAnywhereItGoesOnWhereItWas() {
        AtomicInteger looks = new AtomicInteger();
        for (int most = 1; most < 12; most++) {
            int allowed = most;
            looks.set(0);
            materialisation("bitcoin").update(() -> looks.incrementAndGet() > allowed);
        }
        run(materialisation("bitcoin"));

        assertThat(count("price_1h") + count("liquidity_1h") + count("market_1h"))
                .isEqualTo(5 * 49);
    }

    @Test
    void severalAtOnceWriteEverythingOnce() {
        Stream.generate(() -> materialisation("bitcoin")).limit(3).toList().parallelStream()
                .forEach(MaterialisationTest::run);
        run(materialisation("bitcoin"));

        assertThat(count("price_1h") + count("liquidity_1h") + count("market_1h"))
                .isEqualTo(5 * 49);
        assertThat(number("SELECT sum(row_count) FROM feature_view WHERE :at IS NOT NULL", now))
                .isEqualTo(5 * 49);
    }

    @Test
    void oneThatComputesAViewAndOneThatRegistersItAnewDoNotWaitForEachOther() throws Exception {
        run(materialisation("bitcoin"));
        now = market.extend("bitcoin", now, 1, 0);
        clock.set(now);
        SettableClock daysLater = new SettableClock(now.plus(Duration.ofDays(2)));
        Materialisation registering = materialisation(database, daysLater, "bitcoin");
        try (ExecutorService other = Executors.newSingleThreadExecutor()) {
            AtomicReference<@Nullable Future<?>> registered = new AtomicReference<>();
            InstantSource computing = () -> {
                if (TransactionSynchronizationManager.isActualTransactionActive() && registered.get() == null) {
                    registered.set(other.submit(() -> run(registering)));
                    eventually(() -> assertThat(
                                    number("SELECT count(*) FROM pg_locks WHERE NOT granted AND :at IS NOT NULL", now))
                            .isEqualTo(1));
                }
                return now;
            };

            run(materialisation(database, computing.withZone(ZoneOffset.UTC), "bitcoin"));
            Objects.requireNonNull(registered.get()).get();
        }

        assertThat(count("price_1h")).isEqualTo(2 * 49 + 1);
        assertThat(number("SELECT count(*) FROM feature_pending WHERE :at IS NOT NULL", now))
                .isZero();
    }

    @Test
    void aBuildThatComputesSomethingElseMissesNothingThatThisOneSaw() {
        run(materialisation("bitcoin"));
        run(materialisation("bitcoin", "dogecoin"));
        assertThat(count("market_1h")).isEqualTo(2 * 49);

        market.extend("bitcoin", now, 1, 0);
        clock.advance(HOUR);
        run(materialisation("bitcoin"));
        run(materialisation("bitcoin", "dogecoin"));

        assertThat(count("market_1h")).isEqualTo(2 * 50);
    }

    @Test
    void candlesOfYearsAgoHaveValuesUpToTheNewestOfThemWhichStay() {
        clock.advance(Duration.ofDays(1_000));
        Materialisation materialisation = materialisation("bitcoin");
        run(materialisation);
        assertThat(count("price_1h")).as("more candles may come").isZero();
        run(materialisation);
        assertThat(count("price_1h")).isEqualTo(2 * 49);

        retention().remove(() -> false);
        clock.advance(HOUR);
        market.extend("bitcoin", now, 1, 0);
        run(materialisation);
        assertThat(count("price_1h")).isEqualTo(2 * 49 + 1);
        correct("dogecoin", now.minus(Duration.ofHours(3)));
        run(materialisation);
        run(materialisation("bitcoin"));
        assertThat(count("price_1h")).isEqualTo(2 * 49 + 1 + 3);
        assertThat(number("SELECT count(*) FROM feature_view WHERE begins_at <> :at", now.minus(Duration.ofDays(2))))
                .as("that newer ones came does not move the beginning")
                .isZero();
    }

    @Test
    void candlesOfYearsAgoThatAreImportedIntoAnEmptyPoolHaveValuesWhenAllAreThere() {
        TestDatabase empty = TestDatabase.create();
        SettableClock today = new SettableClock(now.plus(Duration.ofDays(1_000)));
        Materialisation materialisation = materialisation(empty, today, "bitcoin");
        run(materialisation);
        TestMarket imported = new TestMarket(empty);
        Instant newest = imported.add("bitcoin", "btc", 450);
        for (int month = 0; month < 3; month++) {
            today.advance(Duration.ofSeconds(10));
            run(materialisation);
            newest = imported.extend("bitcoin", newest, 720, 0);
        }
        run(materialisation);
        today.advance(Duration.ofSeconds(10));
        run(materialisation);

        assertThat(empty.jdbc()
                        .sql("SELECT count(*) FROM feature_value WHERE event_time BETWEEN :from AND :newest")
                        .param("from", newest.minus(Duration.ofDays(2)).atOffset(ZoneOffset.UTC))
                        .param("newest", newest.atOffset(ZoneOffset.UTC))
                        .query(Long.class)
                        .single())
                .isEqualTo(3 * 49);
        assertThat(empty.jdbc()
                        .sql("SELECT sum(row_count) FROM feature_view")
                        .query(Long.class)
                        .single())
                .as("nothing on the way")
                .isEqualTo(3 * 49);
    }

    @Test
    void candlesThatAreOlderThanTheFirstStartDoNotMoveTheBeginningOfAPoolThatLives() {
        run(materialisation("bitcoin"));
        clock.advance(Duration.ofMinutes(11));
        market.extend("dogecoin", TestMarket.START.minus(Duration.ofHours(500)), 500, 0);
        run(materialisation("bitcoin"));
        run(materialisation("bitcoin"));

        assertThat(number("SELECT count(*) FROM feature_value WHERE event_time < :at", now.minus(Duration.ofDays(2))))
                .isZero();
    }

    @Test
    void valuesOfAViewThatIsComputedOtherwiseNowAgeAwayThoughNoCandlesCome() {
        run(materialisation("bitcoin"));
        clock.advance(Duration.ofDays(89));
        run(materialisation("bitcoin", "dogecoin"));
        retention().remove(() -> false);
        assertThat(count("market_1h")).as("both").isEqualTo(2 * 49);

        clock.advance(Duration.ofDays(2));
        run(materialisation("bitcoin", "dogecoin"));
        retention().remove(() -> false);
        assertThat(count("market_1h")).as("the one that is computed").isEqualTo(49);
        assertThat(count("price_1h")).isEqualTo(2 * 49);
    }

    @Test
    void oldValuesAreRemovedAndCounted() {
        run(materialisation("bitcoin"));
        clock.set(market.extend("bitcoin", now.plus(Duration.ofDays(90)).minus(Duration.ofHours(11)), 1, 0));

        retention().remove(() -> false);
        assertThat(count("price_1h")).isEqualTo(2 * 11);
        assertThat(number("SELECT row_count FROM feature_view WHERE name = 'price_1h' AND :at IS NOT NULL", now))
                .isEqualTo(2 * 11);

        clock.set(market.extend("bitcoin", clock.instant().plus(Duration.ofDays(2)), 1, 0));
        retention().remove(() -> false);
        assertThat(number("SELECT count(*) FROM feature_view WHERE :at IS NOT NULL", now))
                .isZero();
    }

    @Test
    void howFarValuesAreBehindTheNewestCandleIsTold() {
        run(materialisation("bitcoin"));
        assertThat(lag()).isZero();

        clock.set(market.extend("bitcoin", now, 3, 0).plusSeconds(70));

        assertThat(lag()).isEqualTo(3 * 3600);
    }

    private double lag() {
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        new FeatureReading(views("bitcoin"), new ViewStates(database.jdbc()), meters, time(database, clock), clock)
                .take();
        return meters.get("mlpool.features.lag").tag("view", "price_1h").gauge().value();
    }

    private void correct(String asset, Instant open) {
        database.jdbc()
                .sql("""
                UPDATE candle SET close = close * 1.01, high = high * 1.02
                WHERE open_time = :open AND series_id = (SELECT id FROM series WHERE asset = :asset)
                """)
                .param("open", open.atOffset(ZoneOffset.UTC))
                .param("asset", asset)
                .update();
    }

    private FeatureRow computed(PublishedView view, String asset) {
        SeriesKey key = SeriesKey.usd(asset, Interval.ONE_HOUR);
        return view.view()
                .rows(List.of(new CandleStore(database.jdbc()).series(key, Instant.EPOCH, clock.instant())))
                .getLast();
    }

    private Known known(PublishedView view, String asset, Instant at, Instant known) {
        @Nullable Known found = new FeatureReader(database.jdbc())
                .asOf(view, List.of(new Asked(asset, at, known)))
                .getFirst();
        return Objects.requireNonNull(found);
    }

    private static void run(Materialisation materialisation) {
        materialisation.update(() -> false);
    }

    private Materialisation materialisation(String... members) {
        return materialisation(database, clock, members);
    }

    private static Materialisation materialisation(TestDatabase database, Clock clock, String... members) {
        return materialisation(database, clock, Duration.ofDays(2), members);
    }

    private static Materialisation materialisation(
            TestDatabase database, Clock clock, Duration backfill, String... members) {
        FeatureStoreProperties properties = new FeatureStoreProperties(
                List.of("1h"),
                List.of(members),
                backfill,
                Duration.ofDays(90),
                Duration.ofSeconds(10),
                Duration.ofSeconds(2));
        return new Materialisation(
                properties,
                properties.views(),
                database.jdbc(),
                transaction(database),
                new FeatureCounts(new SimpleMeterRegistry(), properties.views()),
                time(database, clock),
                clock);
    }

    private FeatureRetention retention() {
        return new FeatureRetention(
                database.jdbc(), transaction(database), Duration.ofDays(90), time(database, clock), clock);
    }

    private static MarketTime time(TestDatabase database, Clock clock) {
        return new MarketTime(new RecentCandles(database.jdbc()), clock);
    }

    private static TransactionTemplate transaction(TestDatabase database) {
        return new TransactionTemplate(new JdbcTransactionManager(database.dataSource()));
    }

    private static FeatureViews views(String... members) {
        return FeatureViews.of(List.of(Interval.ONE_HOUR), List.of(members));
    }

    private long count(String view) {
        return database.jdbc()
                .sql(
                        "SELECT count(*) FROM feature_value v JOIN feature_view f ON f.id = v.view_id WHERE f.name = :view")
                .param("view", view)
                .query(Long.class)
                .single();
    }

    private long number(String sql, Instant at) {
        return database.jdbc()
                .sql(sql)
                .param("at", at.atOffset(ZoneOffset.UTC))
                .query(Long.class)
                .single();
    }
}
