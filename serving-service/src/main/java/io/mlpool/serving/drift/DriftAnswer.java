package io.mlpool.serving.drift;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What was found of the drift of some versions. What each number is for: docs/monitoring.md.
 *
 * @param from forecasts as of later than this
 * @param to until now
 * @param promisedRate probability that anything is called drifting of a version while nothing has changed
 */
record DriftAnswer(Instant from, Instant to, double promisedRate, List<ModelDrift> models) {

    /**
     * One version.
     *
     * @param variant where it is live; null when it is not
     * @param forecasts that were counted: one for each asset and time
     * @param times as of which there were any
     * @param summary the verdict in a sentence
     */
    record ModelDrift(
            String model,
            int version,
            @Nullable String variant,
            Verdict verdict,
            String summary,
            long forecasts,
            long times,
            List<ColumnDrift> columns) {

        ModelDrift {
            columns = List.copyOf(columns);
        }

        boolean is(Verdict other) {
            return verdict == other;
        }
    }

    /**
     * One feature, or one number of the forecast.
     *
     * @param effectiveForecasts independent values that say as much of its mean as all that were counted
     * @param p probability of such a difference while nothing has changed
     * @param adjustedP the same with all columns tested in mind
     * @param stabilityIndex population stability index over the bins
     * @param shift of the mean, in standard deviations of the train slice
     * @param edges between the bins
     * @param trainedShares of the train slice in each bin
     * @param shares of what was seen
     */
    record ColumnDrift(
            String name,
            Verdict verdict,
            double effectiveForecasts,
            double p,
            double adjustedP,
            double stabilityIndex,
            double shift,
            double trainedMean,
            double mean,
            List<Double> edges,
            List<Double> trainedShares,
            List<Double> shares) {}
}
