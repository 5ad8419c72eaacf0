package io.mlpool.standalone.bench;

import java.io.PrintStream;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** All there are, by name, in the order in which they run. */
public final class Benchmarks {

    /** What has to be asked for by name: hours under load, and a pool with a model that others measure. */
    private static final List<String> ON_REQUEST = List.of("soak", "hold");

    /** What is measured when nothing is named. */
    public static final List<String> NAMES =
            List.of("import", "training", "inference", "predict", "freshness", "swap", "anomalies");

    private final Map<String, Benchmark> byName = new LinkedHashMap<>();

    /**
     * How long they are.
     *
     * @param epochs of the recurrent layer alone, for each batch size
     * @param stockEpochs of DL4J's layer beside it; 0 leaves it out
     * @param soakMinutes under load
     */
    public record Lengths(int epochs, int stockEpochs, int soakMinutes) {}

    /** The benchmarks of one pool. */
    public Benchmarks(PoolUnderTest pool, PrintStream stream, Clock clock, Lengths lengths) {
        Printout out = new Printout(stream);
        Instant now = clock.instant();
        BenchModel model = new BenchModel(pool, out, now);
        byName.put("import", new ImportBenchmark(pool, out, now));
        byName.put("training", new TrainingBenchmark(pool, out, model, lengths.epochs(), lengths.stockEpochs()));
        byName.put("inference", new InferenceBenchmark(out, model));
        byName.put("predict", new PredictBenchmark(pool, out, model));
        byName.put("freshness", new FreshnessBenchmark(pool, out, model));
        byName.put("swap", new SwapBenchmark(pool, out, model));
        byName.put("anomalies", new AnomalyBenchmark(pool, out, now));
        byName.put("soak", new SoakBenchmark(pool, out, model, lengths.soakMinutes()));
        byName.put("hold", new HoldBenchmark(pool, out, model));
    }

    /** Whether there is one of this name. */
    public static boolean isKnown(String name) {
        return NAMES.contains(name) || ON_REQUEST.contains(name);
    }

    /** Runs those that are named. */
    public void run(Collection<String> names) {
        byName.forEach((name, benchmark) -> {
            if (names.contains(name)) {
                benchmark.run();
            }
        });
    }

    /**
     * What the training service is started with, so that a model to be measured is there within a minute: the network is the default one,
     * the run is short, and none starts by itself.
     */
    public static Map<String, Object> trainingSettings() {
        return Map.of(
                "mlpool.training.triggers.intervals", "",
                "mlpool.training.triggers.schedule", "-",
                "mlpool.training.triggers.new-candles", 0,
                "mlpool.training.folds", 1,
                "mlpool.training.most-fold-windows", 2_000,
                "mlpool.training.most-judged-windows", 5_000,
                "mlpool.training.lstm.epochs", 4,
                "mlpool.training.lstm.windows-per-epoch", 40_000,
                "mlpool.training.lstm.validation-windows", 2_000);
    }
}
