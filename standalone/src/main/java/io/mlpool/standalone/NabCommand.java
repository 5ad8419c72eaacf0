package io.mlpool.standalone;

import io.mlpool.serving.anomaly.Declustering;
import io.mlpool.serving.anomaly.ForestSettings;
import io.mlpool.serving.anomaly.StreamForest;
import io.mlpool.standalone.nab.NabCorpus;
import io.mlpool.standalone.nab.NabProfile;
import io.mlpool.standalone.nab.NabScore;
import io.mlpool.standalone.nab.NabSeries;
import java.io.UncheckedIOException;
import java.nio.file.Path;
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
        return 0;
    }

    /** What is wrong with the options or the folder is told in a sentence. */
    private List<NabSeries> corpus() {
        try {
            ForestSettings.OF_ONE_NUMBER.remembering(samples);
            new Declustering(run);
            return NabCorpus.read(folder);
        } catch (IllegalArgumentException | UncheckedIOException e) {
            throw new MlpoolException(String.valueOf(e.getMessage()), e);
        }
    }

    private void print(String name, List<NabSeries> corpus, Map<String, double[]> scores, NabProfile profile) {
        NabScore best = NabScore.best(corpus, scores, profile);
        out.line("%-16s  score %5.1f  threshold %.3f", name, best.score(), best.threshold());
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
