package io.mlpool.standalone.nab;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The score of the Numenta Anomaly Benchmark (Lavin, Ahmad: Evaluating Real-time Anomaly Detection Algorithms, ICMLA 2015, and
 * the program that belongs to it, version 1.1): in each window the earliest alarm counts, the earlier the more; every alarm
 * outside costs, shortly behind a window less. One threshold holds for all series, the one with the highest score. 0 is a detector that
 * never says anything, 100 one that finds every anomaly at once and nothing else.
 *
 * @param threshold scores from which on (inclusive) there is an alarm; infinite when silence is best
 * @param score 100 at most; negative for worse than silence
 */
public record NabScore(double threshold, double score) {

    /**
     * Scores a detector with the threshold that is best for it over the whole corpus.
     *
     * @param scores of each series by its name, one for each row
     */
    public static NabScore best(List<NabSeries> corpus, Map<String, double[]> scores, NabProfile profile) {
        return best(alarms(corpus, scores, profile), windows(corpus), profile);
    }

    /** Scores a detector that has a threshold of its own: whatever has a score above 0 is an alarm. */
    public static NabScore of(List<NabSeries> corpus, Map<String, double[]> scores, NabProfile profile) {
        double[] found = new double[windows(corpus)];
        Arrays.fill(found, -profile.missed());
        double sum = 0;
        for (Alarm alarm : alarms(corpus, scores, profile)) {
            if (alarm.score() > 0 && alarm.window() < 0) {
                sum += alarm.worth();
            } else if (alarm.score() > 0) {
                found[alarm.window()] = Math.max(found[alarm.window()], alarm.worth());
            }
        }
        sum += Arrays.stream(found).sum();
        double silent = -profile.missed() * found.length;
        return new NabScore(0, 100 * (sum - silent) / (profile.found() * found.length - silent));
    }

    private static int windows(List<NabSeries> corpus) {
        return corpus.stream().mapToInt(series -> series.windows().size()).sum();
    }

    private static List<Alarm> alarms(List<NabSeries> corpus, Map<String, double[]> scores, NabProfile profile) {
        List<Alarm> alarms = new ArrayList<>();
        int windows = 0;
        for (NabSeries series : corpus) {
            double[] own = Objects.requireNonNull(scores.get(series.name()), series.name());
            if (own.length != series.values().length) {
                throw new IllegalArgumentException("%s has %d rows, found scores for %d"
                        .formatted(series.name(), series.values().length, own.length));
            }
            alarms.addAll(new NabWeights(series, windows, profile).alarms(own));
            windows += series.windows().size();
        }
        return alarms;
    }

    /**
     * What a row is worth when there is an alarm.
     *
     * @param score that the detector gave it
     * @param window number of the window in the corpus that it lies in, -1 for none
     */
    record Alarm(double score, double worth, int window) {}

    /** Lets the threshold fall over all scores. */
    private static NabScore best(List<Alarm> alarms, int windows, NabProfile profile) {
        alarms.sort(Comparator.comparingDouble(Alarm::score).reversed());
        double[] found = new double[windows];
        Arrays.fill(found, -profile.missed());
        double silent = -profile.missed() * windows;
        double perfect = profile.found() * windows;
        double sum = silent;
        double best = silent;
        double threshold = Double.POSITIVE_INFINITY;
        for (int i = 0; i < alarms.size(); i++) {
            Alarm alarm = alarms.get(i);
            if (alarm.window() < 0) {
                sum += alarm.worth();
            } else if (alarm.worth() > found[alarm.window()]) {
                sum += alarm.worth() - found[alarm.window()];
                found[alarm.window()] = alarm.worth();
            }
            boolean isLastOfItsScore =
                    i + 1 == alarms.size() || alarms.get(i + 1).score() < alarm.score();
            if (isLastOfItsScore && sum > best) {
                best = sum;
                threshold = alarm.score();
            }
        }
        return new NabScore(threshold, 100 * (best - silent) / (perfect - silent));
    }
}
