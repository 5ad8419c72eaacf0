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

    /** Keeps a pool with a model for others to measure; has to be asked for by name. */
    public static final String HOLD = "hold";

    /** What is measured when nothing is named. */
    public static final List<String> NAMES = List.of("import", "training", "inference", "predict", "freshness", "swap");

    private final Map<String, Benchmark> byName = new LinkedHashMap<>();

    /**
     * The benchmarks of one pool.
     *
     * @param epochs of the recurrent layer alone, for each batch size
     * @param stockEpochs of DL4J's layer beside it; 0 leaves it out
     */
    public Benchmarks(PoolUnderTest pool, PrintStream stream, Clock clock, int epochs, int stockEpochs) {
        Printout out = new Printout(stream);
        Instant now = clock.instant();
        BenchModel model = new BenchModel(pool, out, now);
        byName.put("import", new ImportBenchmark(pool, out, now));
        byName.put("training", new TrainingBenchmark(pool, out, model, epochs, stockEpochs));
        byName.put("inference", new InferenceBenchmark(out, model));
        byName.put("predict", new PredictBenchmark(pool, out, model));
        byName.put("freshness", new FreshnessBenchmark(pool, out, model));
        byName.put("swap", new SwapBenchmark(pool, out, model));
        byName.put(HOLD, new HoldBenchmark(pool, out, model));
    }

    /** Whether there is one of this name. */
    public static boolean isKnown(String name) {
        return NAMES.contains(name) || name.equals(HOLD);
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
