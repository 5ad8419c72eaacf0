package io.mlpool.serving.featurestore;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.mlpool.featurestore.PublishedView;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * How the values of a view are distributed.
 *
 * @param from event time (inclusive)
 * @param to event time (exclusive)
 * @param rows that were looked at
 * @param sampled whether there are others, which were not
 */
record ViewStatistics(
        String view,
        String hash,
        Instant from,
        Instant to,
        int rows,
        boolean sampled,
        List<FeatureStatistics> features) {

    private static final double[] LEVELS = {0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99};

    /**
     * Of one feature.
     *
     * @param count values that are known
     * @param missingShare share of the rows whose value cannot be known
     * @param sd standard deviation of a sample, with one degree of freedom less
     * @param quantiles by linear interpolation between order statistics (Hyndman and Fan 1996, definition 7)
     */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record FeatureStatistics(
            String feature,
            int count,
            double missingShare,
            @Nullable Double mean,
            @Nullable Double sd,
            @Nullable Double min,
            @Nullable Double max,
            Map<String, Double> quantiles) {

        static FeatureStatistics of(String feature, double[] values) {
            double[] known = Arrays.stream(values)
                    .filter(value -> !Double.isNaN(value))
                    .sorted()
                    .toArray();
            double missing = values.length == 0 ? 0 : 1 - (double) known.length / values.length;
            if (known.length == 0) {
                return new FeatureStatistics(feature, 0, missing, null, null, null, null, Map.of());
            }
            double mean = Arrays.stream(known).average().orElseThrow();
            double squares = Arrays.stream(known)
                    .map(value -> (value - mean) * (value - mean))
                    .sum();
            Double sd = known.length < 2 ? null : Math.sqrt(squares / (known.length - 1));
            Map<String, Double> quantiles = new LinkedHashMap<>();
            for (double level : LEVELS) {
                quantiles.put(String.format(Locale.ROOT, "%.2f", level), quantile(known, level));
            }
            return new FeatureStatistics(
                    feature, known.length, missing, mean, sd, known[0], known[known.length - 1], quantiles);
        }

        private static double quantile(double[] sorted, double level) {
            double position = level * (sorted.length - 1);
            int below = (int) position;
            int above = Math.min(below + 1, sorted.length - 1);
            return sorted[below] + (position - below) * (sorted[above] - sorted[below]);
        }
    }

    static ViewStatistics of(PublishedView view, Instant from, Instant to, SampledValues.Sample sample) {
        List<String> names = view.definition().names();
        List<FeatureStatistics> features = IntStream.range(0, names.size())
                .mapToObj(i -> FeatureStatistics.of(
                        names.get(i),
                        sample.rows().stream().mapToDouble(row -> row[i]).toArray()))
                .toList();
        return new ViewStatistics(
                view.name(), view.hash(), from, to, sample.rows().size(), !sample.whole(), features);
    }
}
