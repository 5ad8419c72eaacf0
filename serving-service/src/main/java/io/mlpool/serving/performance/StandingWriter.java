package io.mlpool.serving.performance;

import io.mlpool.serving.performance.Standing.Bounded;
import io.mlpool.serving.performance.Standing.EstimateFigures;
import io.mlpool.statistics.HacMean;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * From the sums of one version, horizon and part to its figures. Intervals are made from the means of stretches of time, which depend on each
 * other as far as the horizon reaches and further ({@link HacMean}).
 *
 * @param blocks in the order of time
 * @param overlap stretches that a horizon reaches over
 */
record StandingWriter(
        Part part, String interval, String horizon, List<Double> levels, List<Outcomes> blocks, int overlap) {

    private static final double CONFIDENCE = 0.95;
    private static final int FEWEST_BLOCKS = 8;

    Standing write(By by) {
        Outcomes sum = blocks.stream().reduce(Outcomes::plus).orElseThrow();
        double count = sum.forecasts();
        return new Standing(
                part.model(),
                part.version(),
                part.variant(),
                interval,
                horizon,
                by == By.DAY ? LocalDate.parse(part.name()) : null,
                by == By.ASSET ? part.name() : null,
                by == By.LIQUIDITY ? part.name() : null,
                sum.forecasts(),
                100 * sum.absoluteError() / count,
                100 * sum.naiveError() / count,
                over(sum.quantileLoss(), sum.absoluteReturn()),
                sum.naiveLoss() == null ? null : over(sum.naiveLoss(), sum.absoluteReturn()),
                skill(sum),
                calibration(sum),
                coverage(sum),
                new EstimateFigures(
                        over(sum.estimatedError(), sum.absoluteError()), over(sum.spread(), sum.absoluteError()), null),
                null);
    }

    private @Nullable Bounded skill(Outcomes sum) {
        Double naive = sum.naiveLoss();
        if (naive == null || naive == 0) {
            return null;
        }
        double percent = 100 / (naive / sum.forecasts());
        return bounded(
                100 * (1 - sum.quantileLoss() / naive),
                block -> percent * (orZero(block.naiveLoss()) - block.quantileLoss()) / block.forecasts());
    }

    private Map<String, Double> calibration(Outcomes sum) {
        Map<String, Double> calibration = new LinkedHashMap<>();
        for (int level = 0; level < levels.size(); level++) {
            calibration.put(levels.get(level).toString(), sum.share(level));
        }
        return calibration;
    }

    /** Of the central intervals that the levels offer, narrowest first. */
    private Map<String, Bounded> coverage(Outcomes sum) {
        Map<String, Bounded> coverage = new LinkedHashMap<>();
        for (int low = levels.size() / 2 - 1; low >= 0; low--) {
            int lower = low;
            int upper = levels.size() - 1 - low;
            if (Math.abs(levels.get(lower) + levels.get(upper) - 1) < 1e-9) {
                String label = Long.toString(Math.round(100 * (levels.get(upper) - levels.get(lower))));
                coverage.put(
                        label,
                        bounded(sum.share(upper) - sum.share(lower), block -> block.share(upper) - block.share(lower)));
            }
        }
        return coverage;
    }

    private Bounded bounded(double value, ToDoubleFunction<Outcomes> ofBlock) {
        if (blocks.size() < Math.max(FEWEST_BLOCKS, 2 * overlap)) {
            return new Bounded(value, null, null);
        }
        double half = HacMean.of(blocks.stream().mapToDouble(ofBlock).toArray(), overlap)
                .halfWidth(CONFIDENCE);
        return new Bounded(value, value - half, value + half);
    }

    private static double orZero(@Nullable Double value) {
        return value == null ? 0 : value;
    }

    private static @Nullable Double over(double value, double of) {
        return of > 0 ? (Double) (value / of) : null;
    }
}
