package io.mlpool.standalone;

import io.mlpool.serving.anomaly.DetectorSettings;
import io.mlpool.serving.anomaly.Dimension;
import io.mlpool.serving.anomaly.StreamDetector;
import io.mlpool.standalone.skab.SkabScore;
import io.mlpool.standalone.skab.SkabSeries;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ./mlpool skab}. */
@Command(
        name = "skab",
        mixinStandardHelpOptions = true,
        description = {
            "Measures the stream detector on the Skoltech Anomaly Benchmark (https://github.com/waico/SKAB).",
            "Eight sensors of a water circuit, a number for each second. F1 is counted as its table of outlier detection does: over "
                    + "the rows of all files, the first 400 of each only learned from."
        })
final class SkabCommand implements Callable<Integer> {

    @Option(
            names = "--alarms-per-thousand",
            paramLabel = "N",
            defaultValue = "10",
            description = "Budget of alarms in a thousand rows. Default: ${DEFAULT-VALUE}")
    private double budget = 10;

    @Option(
            names = "--shingle",
            paramLabel = "N",
            defaultValue = "10",
            description = "Rows that are looked at together. Default: ${DEFAULT-VALUE}")
    private int shingle = 10;

    @Parameters(paramLabel = "FOLDER", description = "Files of the benchmark, as data/valve1: *.csv or *.csv.gz")
    private Path folder = Path.of("");

    @Mixin
    private Output out = new Output();

    @Override
    public Integer call() {
        List<SkabSeries> corpus = corpus();
        SkabScore score = corpus.parallelStream().map(this::score).reduce(SkabScore.NOTHING, SkabScore::plus);
        out.line(
                "%d series, %,d rows judged, %,d of them anomalous",
                corpus.size(), score.rows(), score.found() + score.missed());
        out.line(
                "rows in a disturbance: F1 %.3f, %.1f %% of the usual rows, %.1f %% of the anomalous ones missed",
                score.f1(), 100 * score.falseShare(), 100 * score.missedShare());
        out.line(
                "alarms: %d, of which %d outside of an anomaly, %.0f a day of usual rows; in %d of %d series the anomaly was told",
                score.alarms(), score.falseAlarms(), score.falseAlarmsADay(), score.series(), corpus.size());
        return 0;
    }

    /** What is wrong with the options or the folder is told in a sentence. */
    private List<SkabSeries> corpus() {
        try {
            List<SkabSeries> corpus = SkabSeries.read(folder);
            settings(corpus.getFirst());
            return corpus;
        } catch (IllegalArgumentException | UncheckedIOException e) {
            throw new MlpoolException(String.valueOf(e.getMessage()), e);
        }
    }

    private DetectorSettings settings(SkabSeries series) {
        List<Dimension> sensors =
                series.sensors().stream().map(name -> new Dimension(name, 0)).toList();
        return DetectorSettings.of(sensors, shingle, budget / 1_000);
    }

    private SkabScore score(SkabSeries series) {
        StreamDetector detector = new StreamDetector(settings(series));
        SkabScore score = SkabScore.NOTHING;
        boolean told = false;
        for (int row = 0; row < series.rows().size(); row++) {
            boolean alarm = detector.next(series.rows().get(row)).isPresent();
            if (row >= SkabSeries.LEARNED) {
                score = score.plus(SkabScore.of(series.anomalous().get(row), detector.isDisturbed(), alarm));
                told |= alarm && series.anomalous().get(row);
            }
        }
        return told ? score.plus(SkabScore.TOLD) : score;
    }
}
