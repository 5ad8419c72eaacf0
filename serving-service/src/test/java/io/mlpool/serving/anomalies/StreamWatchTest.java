package io.mlpool.serving.anomalies;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.mlpool.market.Interval;
import io.mlpool.market.SeriesKey;
import io.mlpool.testing.SettableClock;
import io.mlpool.testing.TestDatabase;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionTemplate;

/** Four assets, 420 hours; one of them jumps at the hours 350 and 390. */
class StreamWatchTest {

    private static final Instant START = Instant.parse("2024-05-01T00:00:00Z");
    private static final int HOURS = 420;
    private static final String SETTINGS = "1h, 2 a week";

    private final TestDatabase database = TestDatabase.create();
    private final SettableClock clock = new SettableClock(START);
    private final MeterRegistry meters = new SimpleMeterRegistry();
    private final DetectorStore store = store(database);

    @Test
    void jumpsAreFoundInTheDimensionThatJumped() {
        addMarket(database);

        seeTo(HOURS);

        assertThat(found(database))
                .anySatisfy(row -> assertThat(row)
                        .containsEntry("asset", "coin0")
                        .containsEntry("at", hour(351).toString())
                        .containsEntry("dimension", "return"))
                .anySatisfy(row -> assertThat(row)
                        .containsEntry("asset", "coin0")
                        .containsEntry("at", hour(391).toString())
                        .containsEntry("dimension", "volume"));
        assertThat(meters.counter("mlpool.anomalies.scored", "interval", "1h").count())
                .isEqualTo(4 * HOURS);
        assertThat(meters.counter("mlpool.anomalies.found", "interval", "1h").count())
                .isEqualTo(found(database).size());
    }

    /** Nothing is kept in memory from one look to the next, and every second transaction fails at its commit, with all that was found in it. */
    @Test
    void whoeverDiesWheneverTheSameIsFoundAsWithoutInterruption() {
        TestDatabase other = TestDatabase.create();
        addMarket(database);
        addMarket(other);
        crashEverySecondTime();

        for (int hour = 200; hour <= HOURS; hour += hour < 300 ? 50 : 10) {
            tryToSeeTo(hour);
        }
        clock.set(hour(HOURS).plusSeconds(60));
        watch(other).update(() -> false);

        assertThat(found(database)).isEqualTo(found(other)).hasSizeGreaterThan(4);
        assertThat(states(database)).isEqualTo(states(other));
    }

    @Test
    void aCandleThatWasSeenIsNotSeenAgain() {
        addMarket(database);
        seeTo(HOURS);
        int before = found(database).size();

        database.jdbc()
                .sql("UPDATE candle SET close = close * 3, high = high * 3")
                .update();
        seeTo(HOURS);

        assertThat(found(database)).hasSize(before);
        assertThat(meters.counter("mlpool.anomalies.scored", "interval", "1h").count())
                .isEqualTo(4 * HOURS);
    }

    @Test
    void aCandleWaitsForTheRestOfTheMarket() {
        addMarket(database);

        clock.set(hour(300).plusSeconds(59));
        watch(database).update(() -> false);
        assertThat(scoredTo()).isEqualTo(hour(299));

        clock.advance(Duration.ofSeconds(1));
        watch(database).update(() -> false);
        assertThat(scoredTo()).isEqualTo(hour(300));
    }

    @Test
    void aDetectorWithOtherSettingsBeginsAnewAndTellsNothingOfWhatWasSeen() {
        addMarket(database);
        seeTo(300);
        List<Map<String, @Nullable Object>> before = found(database);

        clock.set(hour(300 + 60).plusSeconds(60));
        watch(database, properties(20)).update(() -> false);

        assertThat(found(database).subList(0, before.size())).isEqualTo(before);
        assertThat(found(database).subList(before.size(), found(database).size()))
                .isNotEmpty()
                .allSatisfy(row -> assertThat(String.valueOf(row.get("at")))
                        .isGreaterThan(hour(300).toString()));
    }

    @Test
    void aReplicaThatIsTooLateWritesNothing() {
        SeriesKey key = SeriesKey.usd("coin0", Interval.ONE_HOUR);
        Watched.Stored first = new Watched.Stored(SETTINGS, hour(1), null, new byte[0]);
        Watched.Stored second = new Watched.Stored(SETTINGS, hour(2), new byte[] {7}, new byte[0]);
        Watched.Stored third = new Watched.Stored(SETTINGS, hour(3), null, new byte[8]);

        assertThat(store.save(key, null, first, List.of())).isTrue();
        assertThat(store.save(key, null, first, List.of(anomaly()))).isFalse();
        assertThat(store.save(key, hour(1), second, List.of())).isTrue();
        assertThat(store.save(key, hour(1), second, List.of(anomaly()))).isFalse();
        assertThat(store.save(key, hour(2), third, List.of())).isTrue();

        assertThat(found(database)).isEmpty();
        assertThat(store.find(key).orElseThrow().checkpoint()).as("it stays").containsExactly(7);
    }

    @Test
    void oneDetectorThatCannotBeReadDoesNotStopTheOthers() {
        addMarket(database);
        seeTo(300);
        database.jdbc()
                .sql("UPDATE stream_detector SET checkpoint = 'x' WHERE asset = 'coin0'")
                .update();

        clock.set(hour(310).plusSeconds(60));
        assertThatThrownBy(() -> watch(database).update(() -> false)).isInstanceOf(RuntimeException.class);

        assertThat(database.jdbc()
                        .sql("SELECT count(*) FROM stream_detector WHERE scored_to = :at")
                        .param("at", hour(310).atOffset(java.time.ZoneOffset.UTC))
                        .query(Integer.class)
                        .single())
                .isEqualTo(3);
    }

    private static Anomaly anomaly() {
        return new Anomaly(hour(1), 0.5, 3, 2, "return", 1, null, Map.of("return", 1.0));
    }

    private void seeTo(int hour) {
        clock.set(hour(hour).plusSeconds(60));
        watch(database).update(() -> false);
    }

    private void tryToSeeTo(int hour) {
        for (int i = 0; i < 100; i++) {
            try {
                seeTo(hour);
                return;
            } catch (TransactionException e) {
                assertThat(e).hasRootCauseMessage("ERROR: killed\n  Where: PL/pgSQL function crash() line 3 at RAISE");
            }
        }
        throw new AssertionError("it never succeeds");
    }

    private void crashEverySecondTime() {
        database.jdbc().sql("""
                CREATE SEQUENCE attempts;
                CREATE FUNCTION crash() RETURNS trigger LANGUAGE plpgsql AS $$
                BEGIN
                  IF nextval('attempts') % 2 = 1 THEN RAISE 'killed'; END IF;
                  RETURN NULL;
                END $$;
                CREATE CONSTRAINT TRIGGER crash AFTER INSERT OR UPDATE ON stream_detector
                INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION crash();
                """).update();
    }

    private StreamWatch watch(TestDatabase where) {
        return watch(where, properties(2));
    }

    private StreamWatch watch(TestDatabase where, WatchProperties properties) {
        WatchCounts counts = new WatchCounts(meters, properties.watched());
        return new StreamWatch(where.jdbc(), store(where), counts, properties, clock);
    }

    private static WatchProperties properties(double alarmsPerWeek) {
        return new WatchProperties(
                List.of("1h"), alarmsPerWeek, 1, 1_000, Duration.ofMinutes(1), Duration.ofSeconds(10));
    }

    private DetectorStore store(TestDatabase where) {
        JdbcTransactionManager transactions = new JdbcTransactionManager(where.dataSource());
        return new DetectorStore(where.jdbc(), new TransactionTemplate(transactions), clock);
    }

    private Instant scoredTo() {
        return database.jdbc()
                .sql("SELECT DISTINCT scored_to FROM stream_detector")
                .query((row, n) -> row.getTimestamp(1).toInstant())
                .single();
    }

    private static List<Map<String, @Nullable Object>> found(TestDatabase where) {
        return where.jdbc().sql("""
                SELECT asset, to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') AS at, grade, score, threshold, dimension,
                  observed, expected, attribution::text
                FROM anomaly ORDER BY at, asset
                """).query().listOfRows();
    }

    /** What the detectors know, whenever their last checkpoint was. */
    private static List<String> states(TestDatabase where) {
        var settings = properties(2).detector(Interval.ONE_HOUR);
        JdbcTransactionManager transactions = new JdbcTransactionManager(where.dataSource());
        DetectorStore store =
                new DetectorStore(where.jdbc(), new TransactionTemplate(transactions), new SettableClock(START));
        return List.of("coin0", "coin1", "coin2", "coin3").stream()
                .map(asset ->
                        store.find(SeriesKey.usd(asset, Interval.ONE_HOUR)).orElseThrow())
                .map(stored -> stored.scoredTo() + " "
                        + java.util.Arrays.hashCode(Watched.of(settings, stored).state()))
                .toList();
    }

    private static void addMarket(TestDatabase where) {
        where.jdbc().sql("""
                INSERT INTO asset (id, symbol, name) SELECT 'coin' || n, 'c' || n, 'Coin ' || n FROM generate_series(0, 3) n;
                INSERT INTO series (asset, vs_currency, interval) SELECT 'coin' || n, 'usd', '1h' FROM generate_series(0, 3) n;
                INSERT INTO candle (series_id, open_time, open, high, low, close, volume, volume_kind, flags, finished, source, ingested_at)
                SELECT s.id, t, p, p * (1.005 + 0.001 * (h * 31 %% 7)), p * 0.995, p,
                  (100 + h * 7919 %% 50) * CASE WHEN s.asset = 'coin0' AND n = 390 THEN 200 ELSE 1 END, 1, 0, true, 'test', t
                FROM series s, generate_series(0, %d) n,
                  LATERAL (SELECT '%s'::timestamptz + make_interval(hours => n) AS t, n * (s.id + 12) AS h) time,
                  LATERAL (SELECT 100 * exp(0.01 * sin(h) + 0.004 * (h * 7919 %% 13)
                    + CASE WHEN s.asset = 'coin0' AND n >= 350 THEN 0.7 ELSE 0 END) AS p) price
                """.formatted(HOURS + 20, START)).update();
    }

    private static Instant hour(int hour) {
        return START.plus(Duration.ofHours(hour));
    }
}
