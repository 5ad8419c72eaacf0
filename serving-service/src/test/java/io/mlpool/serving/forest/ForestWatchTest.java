package io.mlpool.serving.forest;

import static io.mlpool.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.mlpool.encryption.StoredFolder;
import io.mlpool.market.Interval;
import io.mlpool.market.SeriesKey;
import io.mlpool.market.Snapshots;
import io.mlpool.registry.Alias;
import io.mlpool.registry.ModelVersion;
import io.mlpool.serving.ServingServer;
import io.mlpool.serving.TestMarket;
import io.mlpool.serving.live.LiveSlots;
import io.mlpool.serving.live.ModelFamily;
import io.mlpool.testing.DistanceModel;
import io.mlpool.testing.SettableClock;
import io.mlpool.testing.TestDatabase;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

class ForestWatchTest {

    private static final int CANDLES = 400;
    private static final String DETECTOR = "anomaly-1h";

    @TempDir
    static Path folder;

    private static TestDatabase database;
    private static TestMarket market;
    private static SettableClock clock;
    private static ServingServer server;
    private static int assets;

    private String asset;
    private Instant close;

    @BeforeAll
    static void start() {
        database = TestDatabase.create();
        market = new TestMarket(database);
        clock = new SettableClock(TestMarket.START.plus(Duration.ofHours(CANDLES)));
        server = ServingServer.start(
                database, folder, clock, "mlpool.forest.poll-interval=1h", "mlpool.forest.patience=0s");
        promote("run-1");
        eventually(() -> assertThat(server.get("/models").body()).contains(DETECTOR, "isolation-forest"));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void addAnAsset() {
        asset = "asset-" + ++assets;
        clock.set(TestMarket.START.plus(Duration.ofHours(CANDLES)));
        close = market.add(asset, asset, CANDLES);
    }

    @Test
    void aCandleThatIsUnlikeTheOthersIsTold() {
        Instant crash = crash(0.5);
        update();

        assertThat(findings()).hasSize(1);
        Told found = findings().getFirst();
        assertThat(found.at()).isEqualTo(crash);
        assertThat(found.version()).isEqualTo(1);
        assertThat(found.dimension()).isEqualTo("return");
        assertThat(found.observed()).isLessThan(-0.6);
        assertThat(found.expected()).isBetween(-0.05, 0.05);
        assertThat(found.grade()).isGreaterThan(0).isLessThanOrEqualTo(1);
        assertThat(found.attribution()).contains("\"return\": ", "\"volume\": ");
    }

    @Test
    void aCandleIsToldOnceHoweverOftenAndByWhomItIsLookedAt() {
        crash(0.5);
        update();
        update();
        watch(Duration.ZERO).update(() -> false);

        assertThat(findings()).hasSize(1);
    }

    @Test
    void oneDisturbanceIsToldOnceEvenAfterARestart() {
        crash(0.5);
        update();
        crash(0.5);
        update();
        assertThat(findings()).hasSize(1);

        clock.advance(Duration.ofHours(13));
        close = market.extend(asset, close, 13, 0);
        crash(0.3);
        update();
        assertThat(findings()).as("that one was over").hasSize(2);
    }

    @Test
    void anotherVersionGoesOnWhereTheOneBeforeWas() {
        crash(0.5);
        update();
        ModelVersion next = promote("run-" + asset);
        eventually(() -> assertThat(server.get("/models").body()).contains("\"run-" + asset + "\""));
        eventually(() -> assertThat(live().all().getFirst().version().version()).isEqualTo(next.version()));
        update();
        assertThat(findings()).hasSize(1);

        clock.advance(Duration.ofHours(13));
        close = market.extend(asset, close, 13, 0);
        crash(0.3);
        update();
        assertThat(findings()).extracting(Told::version).containsExactly(1, next.version());
        server.registry().assign(DETECTOR, Alias.CHAMPION, 1);
        eventually(() -> assertThat(live().all().getFirst().version().version()).isEqualTo(1));
    }

    @Test
    void whoWasSlowerWritesNothing() {
        SeriesKey key = SeriesKey.usd(asset, Interval.ONE_HOUR);
        assertThat(store().save(DETECTOR, 1, key, Instant.EPOCH, close, List.of()))
                .isTrue();

        assertThat(store().save(DETECTOR, 1, key, Instant.EPOCH, close.plusSeconds(3600), List.of()))
                .isFalse();
        assertThat(store().save(DETECTOR, 1, key, close, close.plusSeconds(3600), List.of()))
                .isTrue();
    }

    @Test
    void aCandleWaitsForTheRestOfTheMarket() {
        Instant crash = crash(0.5);
        ForestWatch patient = watch(Duration.ofMinutes(1));
        patient.update(() -> false);
        assertThat(findings()).isEmpty();

        clock.set(crash.plus(Duration.ofMinutes(1)));
        patient.update(() -> false);
        assertThat(findings()).hasSize(1);
    }

    private static ModelVersion promote(String runId) {
        ModelVersion version = server.registry()
                .register(
                        DistanceModel.bundle(StoredFolder.plain(folder.resolve("made/" + runId)), runId, 6)
                                .bundle(),
                        Map.of());
        server.registry().assign(DETECTOR, Alias.CHAMPION, version.version());
        return version;
    }

    /** The next candle closes at this part of what it would have closed at. */
    private Instant crash(double part) {
        Instant open = close;
        close = market.extend(asset, open, 1, 0);
        JdbcClient jdbc = database.jdbc();
        jdbc.sql("""
                UPDATE candle SET close = close * :part, low = low * :part
                WHERE open_time = :open AND series_id = (SELECT id FROM series WHERE asset = :asset)
                """)
                .param("part", part)
                .param("open", open.atOffset(ZoneOffset.UTC))
                .param("asset", asset)
                .update();
        clock.set(close);
        return close;
    }

    @SuppressWarnings("unchecked")
    private static LiveSlots<LiveAnomalyModel> live() {
        return ((ModelFamily<LiveAnomalyModel>) server.context().getBean("anomalyModels")).live();
    }

    private static void update() {
        server.bean(ForestWatch.class).update(() -> false);
    }

    private static ForestWatch watch(Duration patience) {
        TransactionTemplate snapshot = Snapshots.of(new JdbcTransactionManager(database.dataSource()));
        return new ForestWatch(database.jdbc(), live(), store(), snapshot, patience, clock);
    }

    private static FindingStore store() {
        return new FindingStore(
                database.jdbc(), new TransactionTemplate(new JdbcTransactionManager(database.dataSource())), clock);
    }

    private record Told(
            Instant at,
            int version,
            String dimension,
            double observed,
            double expected,
            double grade,
            String attribution) {}

    private List<Told> findings() {
        return database.jdbc()
                .sql("SELECT * FROM anomaly WHERE detector = :detector AND asset = :asset ORDER BY at")
                .param("detector", DETECTOR)
                .param("asset", asset)
                .query((row, n) -> new Told(
                        row.getTimestamp("at").toInstant(),
                        row.getInt("model_version"),
                        row.getString("dimension"),
                        row.getDouble("observed"),
                        row.getDouble("expected"),
                        row.getDouble("grade"),
                        row.getString("attribution")))
                .list();
    }
}
