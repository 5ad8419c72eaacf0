package io.mlpool.training.evaluation;

import io.mlpool.training.dataset.WindowSet;
import io.mlpool.training.naive.RandomWalk;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * How good a model was on windows that nothing of it was fitted or chosen on.
 *
 * @param from close time of the first window (inclusive)
 * @param until close time of the last window (inclusive)
 * @param windows how many
 * @param assets how many
 * @param horizons nearest first
 */
public record Evaluation(Instant from, Instant until, int windows, int assets, List<HorizonScore> horizons) {

    public Evaluation {
        horizons = List.copyOf(horizons);
    }

    /**
     * Scores forecasts beside the naive opponents'.
     *
     * @param naive fitted on the train slice
     * @param steps of the train slice
     */
    public static Evaluation of(Forecasts forecasts, RandomWalk naive, StepErrors steps, AsymmetricCost cost) {
        return of(forecasts, Forecasts.constant(naive, forecasts.windows()), steps, cost);
    }

    /** The same beside an opponent that was fitted several times. */
    public static Evaluation of(Forecasts forecasts, Forecasts opponent, StepErrors steps, AsymmetricCost cost) {
        WindowSet windows = forecasts.windows();
        if (windows.size() == 0) {
            throw new IllegalArgumentException("nothing to evaluate on: the held-out slice has no window");
        }
        return new Evaluation(
                windows.asOf(0),
                windows.asOf(windows.size() - 1),
                windows.size(),
                (int) IntStream.range(0, windows.size())
                        .mapToObj(windows::asset)
                        .distinct()
                        .count(),
                IntStream.range(0, windows.shape().horizons().size())
                        .mapToObj(h -> new HorizonScorer(forecasts, opponent, h).score(steps, cost))
                        .toList());
    }

    /** The main numbers by name ({@code wql_24h}), for the bundle and for comparisons between runs. */
    public Map<String, Double> metrics() {
        Map<String, Double> metrics = new TreeMap<>();
        for (HorizonScore score : horizons) {
            String suffix = "_" + score.horizon().label();
            metrics.put("wql" + suffix, score.wql());
            metrics.put("naive_wql" + suffix, score.naiveWql());
            metrics.put("skill_vs_naive" + suffix, score.skillVsNaive());
            metrics.put("skill_vs_last_price" + suffix, score.skillVsLastPrice());
            metrics.put("crps" + suffix, score.crps());
            score.coverage().forEach((interval, share) -> metrics.put("coverage_" + interval + suffix, share));
            metrics.put("mase" + suffix, score.mase());
            metrics.put("directional_accuracy" + suffix, score.direction().accuracy());
            metrics.put("cost" + suffix, score.cost());
        }
        return metrics;
    }
}
