package io.mlpool.standalone.bench;

import io.mlpool.model.ForecastBundle;
import io.mlpool.registry.Alias;
import io.mlpool.registry.FolderRegistry;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Time from a registration, or from an alias moved over the API, to answers of that version, while clients ask on and on. */
final class SwapBenchmark implements Benchmark {

    private static final int CLIENTS = 4;
    private static final int SWAPS = 10;

    private final PoolUnderTest pool;
    private final Printout out;
    private final BenchModel model;
    private final Calls calls = new Calls();

    SwapBenchmark(PoolUnderTest pool, Printout out, BenchModel model) {
        this.pool = pool;
        this.out = out;
        this.model = model;
    }

    @Override
    public void run() {
        int trained = model.version().version();
        ForecastBundle bundle = ForecastBundle.of(model.registry().fetch(model.version()));
        out.title("swap: %d clients ask /predict without a pause, half of them with candles of their own"
                .formatted(2 * CLIENTS));
        double[] registered = new double[SWAPS];
        double[] moved = new double[SWAPS];
        Traffic traffic = new Traffic(questions());
        try (traffic) {
            for (int i = 0; i < SWAPS; i++) {
                registered[i] = register(another(bundle, i));
                moved[i] = move(trained);
            }
        }
        print("registered in the folder (looked at every second)", registered);
        print("alias moved by POST /models/%s/aliases/champion".formatted(BenchModel.NAME), moved);
        out.line(
                "%,d requests answered over %d swaps, %d failed, aim 0",
                traffic.answered(), 2 * SWAPS, traffic.failed());
    }

    private void print(String name, double[] seconds) {
        out.line(
                "%s: live after p50 %.3f s, max %.3f s of %d",
                name, Paired.median(seconds), Arrays.stream(seconds).max().orElseThrow(), SWAPS);
    }

    private double register(ForecastBundle bundle) {
        FolderRegistry registry = model.registry();
        return Stopwatch.seconds(() -> {
            int version = registry.register(bundle.bundle(), Map.of()).version();
            registry.assign(BenchModel.NAME, Alias.CHAMPION, version);
            model.awaitLive(version);
        });
    }

    private double move(int version) {
        return Stopwatch.seconds(() -> {
            String alias = "%s/models/%s/aliases/%s".formatted(pool.serving(), BenchModel.NAME, Alias.CHAMPION.label());
            calls.post(alias, Map.of("version", version));
            model.awaitLive(version);
        });
    }

    private List<Supplier<HttpRequest>> questions() {
        HttpRequest known = model.question(BenchModel.asset(1));
        HttpRequest explicit = Calls.request(pool.serving() + "/predict", model.explicitQuestionBody());
        return java.util.stream.Stream.concat(
                        Collections.nCopies(CLIENTS, (Supplier<HttpRequest>) () -> known).stream(),
                        Collections.nCopies(CLIENTS, (Supplier<HttpRequest>) () -> explicit).stream())
                .toList();
    }

    private ForecastBundle another(ForecastBundle bundle, int number) {
        Path directory = pool.scratch().resolve("again-" + number);
        return BundleCopy.write(
                directory, bundle, "-again-" + number, bundle.manifest().calibration());
    }
}
