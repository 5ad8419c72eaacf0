package io.mlpool.standalone.bench;

import com.amazon.randomcutforest.RandomCutForest;
import io.mlpool.market.Interval;
import io.mlpool.market.SeriesKey;
import io.mlpool.serving.anomalies.DetectorStore;
import io.mlpool.serving.anomalies.Watched;
import io.mlpool.serving.anomaly.DetectorSettings;
import io.mlpool.serving.anomaly.Dimension;
import io.mlpool.serving.anomaly.ForestSettings;
import io.mlpool.serving.anomaly.StreamDetector;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Stream detectors of eight dimensions: candles per second against the bare forest of the library, what one weighs, and ten thousand of them
 * that are read from the database, shown a candle and written back.
 */
final class AnomalyBenchmark implements Benchmark {

    private static final int DIMENSIONS = 8;
    private static final int DETECTORS = 10_000;
    private static final int CANDLES = 20_000;
    private static final int LEARNED = 1_500;
    private static final int WEIGHED = 50;
    private static final int RESTORED = 200;
    private static final int PAIRS = 5;
    private static final int THREADS = 2;
    private static final String CURRENCY = "bench";

    private final PoolUnderTest pool;
    private final Printout out;
    private final Instant start;
    private final DetectorSettings settings = DetectorSettings.of(
            IntStream.range(0, DIMENSIONS)
                    .mapToObj(i -> new Dimension("number " + i, 0))
                    .toList(),
            1,
            2 / 168.0);

    AnomalyBenchmark(PoolUnderTest pool, Printout out, Instant now) {
        this.pool = pool;
        this.out = out;
        this.start = Interval.ONE_HOUR.floor(now);
    }

    @Override
    public void run() {
        out.title("anomalies: detectors of %d dimensions, one candle after the other".formatted(DIMENSIONS));
        Paired speed = Paired.alternately(PAIRS, this::detectorSpeed, this::forestSpeed);
        out.line(
                "in memory, one thread: %,.0f candles/s, the bare forest %,.0f: %s",
                speed.measured(), speed.yardstick(), Printout.ratio(speed));
        byte[] state = learned().state();
        out.line("one detector weighs %,d bytes in memory, %,d stored", weight(), state.length);
        double _ = restored(state);
        out.line("restored from its bytes in %.1f ms", 1_000 * restored(state));
        throughTheDatabase(state);
    }

    /** Seconds for one. */
    private double restored(byte[] state) {
        return Stopwatch.seconds(() -> {
                    for (int i = 0; i < RESTORED; i++) {
                        StreamDetector _ = StreamDetector.of(settings, state);
                    }
                })
                / RESTORED;
    }

    private double detectorSpeed() {
        StreamDetector detector = new StreamDetector(settings);
        Random random = new Random(1);
        return CANDLES
                / Stopwatch.seconds(() -> IntStream.range(0, CANDLES).forEach(i -> detector.next(point(random))));
    }

    private double forestSpeed() {
        ForestSettings wanted = settings.forest();
        RandomCutForest forest = RandomCutForest.builder()
                .dimensions(DIMENSIONS)
                .numberOfTrees(wanted.trees())
                .sampleSize(wanted.samples())
                .timeDecay(0.1 / wanted.samples())
                .randomSeed(wanted.seed())
                .build();
        Random random = new Random(1);
        return CANDLES
                / Stopwatch.seconds(() -> IntStream.range(0, CANDLES).forEach(i -> {
                    float[] point = floats(point(random));
                    double _ = forest.getAnomalyScore(point);
                    forest.update(point);
                }));
    }

    private static float[] floats(double[] point) {
        float[] floats = new float[point.length];
        for (int i = 0; i < point.length; i++) {
            floats[i] = (float) point[i];
        }
        return floats;
    }

    private StreamDetector learned() {
        StreamDetector detector = new StreamDetector(settings);
        Random random = new Random(2);
        for (int i = 0; i < LEARNED; i++) {
            detector.next(point(random));
        }
        return detector;
    }

    private long weight() {
        long before = used();
        List<StreamDetector> detectors =
                IntStream.range(0, WEIGHED).mapToObj(i -> learned()).toList();
        return (used() - before) / detectors.size();
    }

    private static long used() {
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }

    /** As serving does it, except that the candle is made up. */
    private void throughTheDatabase(byte[] state) {
        JdbcClient jdbc = pool.jdbc();
        double filled = Stopwatch.seconds(() -> fill(jdbc, state));
        long bytes = jdbc.sql("SELECT pg_total_relation_size('stream_detector')")
                .query(Long.class)
                .single();
        out.line("%,d detectors stored in %.0f s, %,d MB", DETECTORS, filled, bytes / 1_000_000);
        double first = Stopwatch.seconds(() -> round(0));
        double second = Stopwatch.seconds(() -> round(1));
        out.line(
                "a candle for each of them, read from the database and written back by %d threads: %.0f s and %.0f s, %,.0f candles/s",
                THREADS, first, second, DETECTORS / second);
        jdbc.sql("DELETE FROM stream_detector WHERE vs_currency = :vs")
                .param("vs", CURRENCY)
                .update();
    }

    private void fill(JdbcClient jdbc, byte[] state) {
        jdbc.sql("""
                INSERT INTO stream_detector (asset, vs_currency, interval, settings, scored_to, checkpoint, points)
                SELECT 'bench-' || n, :vs, '1h', :settings, :at, :state, '' FROM generate_series(0, :last) n
                """)
                .param("vs", CURRENCY)
                .param("settings", settings.toString())
                .param("at", start.atOffset(ZoneOffset.UTC))
                .param("state", state)
                .param("last", DETECTORS - 1)
                .update();
    }

    private void round(int hour) {
        List<Thread> threads = IntStream.range(0, THREADS)
                .mapToObj(part -> Thread.ofPlatform().start(() -> share(hour, part)))
                .toList();
        threads.forEach(AnomalyBenchmark::join);
    }

    private void share(int hour, int part) {
        SingleConnectionDataSource connection = new SingleConnectionDataSource(pool.database(), "postgres", "", true);
        try {
            TransactionTemplate transaction = new TransactionTemplate(new JdbcTransactionManager(connection));
            DetectorStore store = new DetectorStore(JdbcClient.create(connection), transaction, Clock.systemUTC());
            Random random = new Random(hour * THREADS + part);
            for (int i = part; i < DETECTORS; i += THREADS) {
                see(store, new SeriesKey("bench-" + i, CURRENCY, Interval.ONE_HOUR), hour, random);
            }
        } finally {
            connection.destroy();
        }
    }

    private void see(DetectorStore store, SeriesKey key, int hour, Random random) {
        Instant before = start.plus(Interval.ONE_HOUR.duration().multipliedBy(hour));
        Watched watched = Watched.of(settings, store.find(key).orElseThrow());
        watched.see(point(random));
        Instant now = before.plus(Interval.ONE_HOUR.duration());
        if (!store.save(key, before, watched.stored(settings.toString(), now, 0), List.of())) {
            throw new IllegalStateException(key + " was moved by somebody else");
        }
    }

    private static double[] point(Random random) {
        double[] point = new double[DIMENSIONS];
        for (int i = 0; i < DIMENSIONS; i++) {
            point[i] = random.nextGaussian();
        }
        return point;
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while detectors were measured", e);
        }
    }
}
