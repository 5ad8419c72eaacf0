package io.mlpool.standalone;

import io.mlpool.serving.anomaly.Declustering;
import io.mlpool.serving.anomaly.DetectorSettings;
import io.mlpool.serving.anomaly.Dimension;
import io.mlpool.serving.anomaly.Finding;
import io.mlpool.serving.anomaly.ForestSettings;
import io.mlpool.serving.anomaly.StreamDetector;
import io.mlpool.serving.anomaly.StreamForest;
import io.mlpool.standalone.nab.NabCorpus;
import io.mlpool.standalone.nab.NabProfile;
import io.mlpool.standalone.nab.NabScore;
import io.mlpool.standalone.nab.NabSeries;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ./mlpool nab}. */
@Command(
        name = "nab",
        mixinStandardHelpOptions = true,
        description = {
            "Scores the stream detector by the rules of the Numenta Anomaly Benchmark (https://github.com/numenta/NAB).",
            "One setting and one threshold for all series; docs/anomalies.md has the numbers of others."
        })
final class NabCommand implements Callable<Integer> {

    @Option(
            names = "--samples",
            paramLabel = "N",
            defaultValue = "2048",
            description = "Samples that each tree remembers. Default: ${DEFAULT-VALUE}")
    private int samples = 2048;

    @Option(
            names = "--run",
            paramLabel = "N",
            defaultValue = "150",
            description = "Rows for which a lower score is of the same disturbance. Default: ${DEFAULT-VALUE}")
    private int run = 150;

    @Option(
            names = "--alarms-per-thousand",
            paramLabel = "N",
            defaultValue = "2",
            description =
                    "Budget of the adaptive threshold in a thousand rows; one is two a week of five-minute rows. Default: ${DEFAULT-VALUE}")
    private double budget = 2;

    @Option(
            names = "--least",
            paramLabel = "N",
            defaultValue = "2",
            description =
                    "Score that the adaptive threshold does not fall below; 0.8 is what serving uses. Default: ${DEFAULT-VALUE}")
    private double least = 2;

    @Parameters(
            paramLabel = "FOLDER",
            description = "The corpus: combined_windows.json, and data with a folder of each family")
    private Path folder = Path.of("");

    @Mixin
    private Output out = new Output();

    @Override
    public Integer call() {
        List<NabSeries> corpus = corpus();
        Map<String, double[]> scores = corpus.parallelStream().collect(Collectors.toMap(NabSeries::name, this::scores));
        out.line(
                "%d series, %,d rows, %d windows",
                corpus.size(),
                corpus.stream().mapToInt(series -> series.values().length).sum(),
                corpus.stream().mapToInt(series -> series.windows().size()).sum());
        print("standard", corpus, scores, NabProfile.STANDARD);
        print("few false alarms", corpus, scores, NabProfile.FEW_FALSE_ALARMS);
        print("few missed", corpus, scores, NabProfile.FEW_MISSED);
        Map<String, double[]> alarms = corpus.parallelStream().collect(Collectors.toMap(NabSeries::name, this::alarms));
        out.line(
                "with a threshold that adapts by itself: %d alarms",
                alarms.values().stream()
                        .flatMapToDouble(Arrays::stream)
                        .filter(grade -> grade > 0)
                        .count());
        printAdaptive("standard", corpus, alarms, NabProfile.STANDARD);
        printAdaptive("few false alarms", corpus, alarms, NabProfile.FEW_FALSE_ALARMS);
        printAdaptive("few missed", corpus, alarms, NabProfile.FEW_MISSED);
        return 0;
    }

    /** What is wrong with the options or the folder is told in a sentence. */
    private List<NabSeries> corpus() {
        try {
            ForestSettings.OF_ONE_NUMBER.remembering(samples);
            new Declustering(run);
            settings();
            return NabCorpus.read(folder);
        } catch (IllegalArgumentException | UncheckedIOException e) {
            throw new MlpoolException(String.valueOf(e.getMessage()), e);
        }
    }

    private void print(String name, List<NabSeries> corpus, Map<String, double[]> scores, NabProfile profile) {
        NabScore best = NabScore.best(corpus, scores, profile);
        out.line("%-16s  score %5.1f  threshold %.3f", name, best.score(), best.threshold());
    }

    private void printAdaptive(String name, List<NabSeries> corpus, Map<String, double[]> alarms, NabProfile profile) {
        out.line(
                "%-16s  score %5.1f", name, NabScore.of(corpus, alarms, profile).score());
    }

    private DetectorSettings settings() {
        DetectorSettings usual = DetectorSettings.of(List.of(new Dimension("value", 0)), 1, budget / 1_000);
        return new DetectorSettings(
                usual.dimensions(),
                usual.forest().remembering(samples),
                usual.alarms().atLeast(least),
                usual.scaling());
    }

    /** The grade of each row that is told, 0 for the others. */
    private double[] alarms(NabSeries series) {
        StreamDetector detector = new StreamDetector(settings());
        double[] grades = new double[series.values().length];
        for (int row = 0; row < grades.length; row++) {
            grades[row] = detector.next(new double[] {series.values()[row]})
                    .map(Finding::grade)
                    .orElse(0.0);
        }
        return grades;
    }

    private double[] scores(NabSeries series) {
        StreamForest forest = new StreamForest(ForestSettings.OF_ONE_NUMBER.remembering(samples));
        Declustering declustering = new Declustering(run);
        double[] scores = new double[series.values().length];
        for (int row = 0; row < scores.length; row++) {
            scores[row] = declustering.peak(forest.score(new float[] {series.values()[row]}));
        }
        return scores;
    }
}
