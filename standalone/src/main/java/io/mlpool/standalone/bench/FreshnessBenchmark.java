package io.mlpool.standalone.bench;

import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleSupplier;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;

/** Time from sending a closed candle to the answer of {@code /predict} that knows it. */
final class FreshnessBenchmark implements Benchmark {

    private static final int REPEATS = 20;
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final PoolUnderTest pool;
    private final Printout out;
    private final BenchModel model;
    private final Calls calls = new Calls();

    FreshnessBenchmark(PoolUnderTest pool, Printout out, BenchModel model) {
        this.pool = pool;
        this.out = out;
        this.model = model;
    }

    @Override
    public void run() {
        model.run();
        out.title("freshness: from sending a closed candle (POST /uploads) to its forecast in /predict, %d assets"
                .formatted(BenchModel.ASSETS));
        print("one asset", this::oneAsset);
        print("all assets at once, until the last is fresh", this::allAssets);
    }

    private void print(String name, DoubleSupplier freshness) {
        double _ = freshness.getAsDouble();
        double[] seconds = IntStream.range(0, REPEATS)
                .mapToDouble(i -> freshness.getAsDouble())
                .toArray();
        out.line(
                "%s: p50 %.3f s, max %.3f s of %d, aim under 1 s",
                name, Paired.median(seconds), Arrays.stream(seconds).max().orElseThrow(), REPEATS);
    }

    private double oneAsset() {
        Path file = model.nextOfLate();
        Instant asOf = model.lateAsOf();
        Stopwatch watch = Stopwatch.start();
        pool.upload(file, Map.of(), 1);
        calls.await(model.question(BenchModel.lateAsset()), LIMIT, answer -> isFresh(answer, asOf));
        return watch.seconds();
    }

    private double allAssets() {
        Path file = model.nextOfAll();
        Instant asOf = model.asOf();
        Stopwatch watch = Stopwatch.start();
        pool.upload(file, Map.of(), BenchModel.ASSETS);
        calls.await(everyQuestion(), LIMIT, answer -> answer.path("results")
                .valueStream()
                .limit(BenchModel.ASSETS - 1)
                .allMatch(result -> isFresh(result.path("prediction"), asOf)));
        return watch.seconds();
    }

    private HttpRequest everyQuestion() {
        List<Map<String, String>> questions = IntStream.range(0, BenchModel.ASSETS)
                .mapToObj(i -> Map.of("asset", BenchModel.asset(i), "interval", "1h", "horizon", "24h"))
                .toList();
        return Calls.request(pool.serving() + "/predict/batch", Calls.json(Map.of("requests", questions)));
    }

    private static boolean isFresh(JsonNode prediction, Instant asOf) {
        return prediction.path("as_of").asString("").equals(asOf.toString());
    }
}
