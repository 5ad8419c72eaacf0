package io.mlpool.standalone;

import io.mlpool.standalone.bench.Benchmarks;
import io.mlpool.standalone.bench.Month;
import io.mlpool.standalone.bench.PoolUnderTest;
import io.mlpool.standalone.bench.SimulatedClock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.springframework.util.FileSystemUtils;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ./mlpool bench}. */
@Command(
        name = "bench",
        mixinStandardHelpOptions = true,
        description = {
            "Measures this pool on this machine: in a pool of its own that is deleted afterwards, with made-up prices. Each number stands "
                    + "beside a yardstick measured in the same run, a moment before or after; trust the ratios, the rest depends on "
                    + "the machine and on what else it does. All of it takes about eight minutes.%n",
            "  import     candles/s of POST /uploads against a bare COPY; the memory it needs",
            "  training   windows/s; the LSTM layer against DL4J's",
            "  inference  one window and 256 against a bare loop over ONNX Runtime",
            "  predict    requests/s and latency of POST /predict, with wrk (apt-get install wrk)",
            "  freshness  from a closed candle to its forecast, 100 assets",
            "  swap       from a registered version to its answers, and requests that fail meanwhile",
            "  anomalies  candles/s, memory and restart of 10,000 stream detectors of 8 dimensions",
            "  soak       half an hour at twice the capacity with another model every minute; only when it is named",
            "  month      a month of a pool's life in minutes: trained again, sabotaged, rolled back; only when it alone is named",
            "  hold       nothing: keeps a pool with a model until its input ends, for the comparison in bench/%n",
            "./mlpool bench import inference",
            "./mlpool bench training --epochs 20 --dl4j-epochs 3%n"
        })
final class BenchCommand implements Callable<Integer> {

    private static final String MONTH = "month";
    private static final int MONTH_ASSETS = 5;

    @Parameters(paramLabel = "NAME", arity = "0..*", description = "What to measure; all of it when nothing is named")
    private List<String> names = List.of();

    @Option(
            names = "--epochs",
            paramLabel = "N",
            defaultValue = "8",
            description = "Epochs of the LSTM layer, of which the best counts. Default: ${DEFAULT-VALUE}")
    private int epochs = 8;

    @Option(
            names = "--dl4j-epochs",
            paramLabel = "N",
            defaultValue = "2",
            description = "Epochs of DL4J's own layer, 0 for none. Default: ${DEFAULT-VALUE}")
    private int stockEpochs = 2;

    @Option(
            names = "--minutes",
            paramLabel = "N",
            defaultValue = "30",
            description = "Minutes of the soak. Default: ${DEFAULT-VALUE}")
    private int minutes = 30;

    @Option(
            names = "--days",
            paramLabel = "N",
            defaultValue = "30",
            description = "Days of the month. Default: ${DEFAULT-VALUE}")
    private int days = 30;

    @Option(
            names = "--history",
            paramLabel = "N",
            defaultValue = "180",
            description = "Days of candles before the month. Default: ${DEFAULT-VALUE}")
    private int history = 180;

    @Override
    public Integer call() {
        if (names.contains(MONTH) && names.size() > 1) {
            throw new MlpoolException("month lives in a pool of its own: ./mlpool bench month");
        }
        names.stream()
                .filter(name -> !name.equals(MONTH) && !Benchmarks.isKnown(name))
                .forEach(name -> {
                    throw new MlpoolException(
                            "there is no benchmark '%s', there are %s".formatted(name, Benchmarks.NAMES));
                });
        try (Interruption interruption = new Interruption()) {
            return measureAndForget(interruption);
        }
    }

    private int measureAndForget(Interruption interruption) {
        Path folder = temporaryFolder();
        try {
            if (names.contains(MONTH)) {
                live(folder);
            } else {
                measure(folder);
            }
            return 0;
        } catch (RuntimeException e) {
            if (!interruption.isRequested()) {
                throw e;
            }
            return 1;
        } finally {
            delete(folder);
        }
    }

    private void live(Path folder) {
        Month.Length length = new Month.Length(MONTH_ASSETS, history, 24 * days, 12 * days);
        Instant begin =
                Clock.systemUTC().instant().truncatedTo(ChronoUnit.HOURS).minus(Duration.ofDays(days + 1L));
        SimulatedClock clock = new SimulatedClock(begin);
        PoolHome home = new PoolHome(folder.resolve("home"));
        try (Pool pool = Pool.open(home, Ports.free(), clock)) {
            startForMonth(pool, MONTH_ASSETS);
            interruptible(new Month(underTest(pool, folder), clock, begin, System.out, length)::run);
        }
    }

    /** Starts the services of a pool that lives a {@link Month}. */
    static void startForMonth(Pool pool, int assets) {
        Map<String, Object> settings = open(Month.settings(assets));
        startIngest(pool);
        pool.startTraining(settings);
        pool.startServing(settings);
    }

    private static void startIngest(Pool pool) {
        pool.startIngest(open(Map.of(
                "mlpool.ingest.coingecko.enabled",
                false,
                "mlpool.ingest.defillama.enabled",
                false,
                "mlpool.ingest.replay.enabled",
                false)));
    }

    private void measure(Path folder) {
        PoolHome home = new PoolHome(folder.resolve("home"));
        try (Pool pool = Pool.open(home, Ports.free())) {
            startIngest(pool);
            pool.startTraining(open(Benchmarks.trainingSettings()));
            pool.startServing(open(Map.of()));
            Benchmarks benchmarks = new Benchmarks(
                    underTest(pool, folder),
                    System.out,
                    Clock.systemUTC(),
                    new Benchmarks.Lengths(epochs, stockEpochs, minutes));
            interruptible(() -> benchmarks.run(names.isEmpty() ? Benchmarks.NAMES : names));
        }
    }

    /** Whatever the environment says: the pool under test is for nobody else, and its numbers are to be compared. */
    private static Map<String, Object> open(Map<String, Object> settings) {
        Map<String, Object> open = new HashMap<>(settings);
        open.put("mlpool.security.mode", "open");
        open.put("server.address", "127.0.0.1");
        open.put("mlpool.encryption.keys", "");
        open.put("server.ssl.enabled", false);
        return open;
    }

    /** After Ctrl-C the pool is still to be stopped, without being interrupted once more. */
    private static void interruptible(Runnable work) {
        try {
            work.run();
        } finally {
            boolean _ = Thread.interrupted();
        }
    }

    static PoolUnderTest underTest(Pool pool, Path folder) {
        Ports ports = pool.ports();
        PoolClient client = new PoolClient();
        return new PoolUnderTest(
                ports.servingUrl(),
                ports.ingestUrl(),
                ports.trainingUrl(),
                pool.databaseUrl(),
                pool.home().registry(),
                pool.home().signing().signing(),
                folder,
                Mlpool.class.getName(),
                (file, parameters) -> client.upload(ports.ingestUrl(), file, parameters));
    }

    private static Path temporaryFolder() {
        try {
            return Files.createTempDirectory("mlpool-bench-");
        } catch (IOException e) {
            throw new UncheckedIOException("cannot make a temporary folder for the pool to be measured", e);
        }
    }

    private static void delete(Path folder) {
        try {
            FileSystemUtils.deleteRecursively(folder);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot delete " + folder, e);
        }
    }
}
