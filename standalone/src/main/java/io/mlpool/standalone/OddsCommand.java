package io.mlpool.standalone;

import io.mlpool.anomaly.IsolationForest;
import io.mlpool.standalone.odds.OddsSet;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.DoubleStream;
import java.util.stream.LongStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ./mlpool odds}. */
@Command(
        name = "odds",
        mixinStandardHelpOptions = true,
        description = {
            "Scores labelled data sets, such as those of ODDS, by the Isolation Forest, and tells its ROC-AUC.",
            "docs/anomalies.md has the numbers of scikit-learn on the same files."
        })
final class OddsCommand implements Callable<Integer> {

    @Option(
            names = "--seeds",
            paramLabel = "N",
            defaultValue = "10",
            description = "Forests of each set. Default: ${DEFAULT-VALUE}")
    private int seeds = 10;

    @Parameters(
            paramLabel = "FOLDER",
            description = "Files .csv or .csv.gz: a line of names, numbers, and in the last column 1 for an outlier")
    private Path folder = Path.of("");

    @Mixin
    private Output out = new Output();

    @Override
    public Integer call() {
        if (seeds < 1) {
            throw new MlpoolException("--seeds must be positive, found " + seeds);
        }
        sets().forEach(this::print);
        return 0;
    }

    private List<OddsSet> sets() {
        try {
            return OddsSet.read(folder);
        } catch (IllegalArgumentException | UncheckedIOException e) {
            throw new MlpoolException(String.valueOf(e.getMessage()), e);
        }
    }

    private void print(OddsSet set) {
        double[] areas = LongStream.rangeClosed(1, seeds)
                .mapToDouble(seed -> area(set, seed))
                .toArray();
        double mean = DoubleStream.of(areas).average().orElseThrow();
        double variance = DoubleStream.of(areas)
                        .map(area -> (area - mean) * (area - mean))
                        .sum()
                / Math.max(1, seeds - 1);
        out.line(
                "%-12s  %4d rows, %3d outliers, %2d columns  ROC-AUC %.4f, from seed to seed +- %.4f",
                set.name(), set.rows(), set.outliers(), set.width(), mean, Math.sqrt(variance));
    }

    private static double area(OddsSet set, long seed) {
        IsolationForest forest =
                IsolationForest.grow(set.features(), set.width(), IsolationForest.Settings.USUAL, seed);
        return set.rocAuc(forest.scores(set.features(), set.rows()));
    }
}
