package io.mlpool.training.pipeline;

import io.mlpool.market.Interval;
import io.mlpool.model.Algorithm;
import io.mlpool.training.dataset.DatasetRequest;
import io.mlpool.training.dataset.DatasetSnapshot;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What a run is asked to do.
 *
 * @param runId lower-case letters, digits and hyphens; names the run's folder
 * @param assets to learn from; empty for all there are
 * @param until close time of the newest candle to use (inclusive); absent for all there are
 * @param fineTune whether to start from the champion's network, where it has one
 * @param seed of every random choice
 */
public record TrainingSpec(
        String runId,
        Interval interval,
        List<String> assets,
        Optional<Instant> until,
        Algorithm algorithm,
        boolean fineTune,
        long seed) {

    private static final Pattern RUN_ID = Pattern.compile("[a-z0-9][a-z0-9-]{0,63}");

    public TrainingSpec {
        if (!RUN_ID.matcher(runId).matches()) {
            throw new IllegalArgumentException(
                    "run id must be up to 64 lower-case letters, digits and hyphens, found '%s'".formatted(runId));
        }
        assets = List.copyOf(assets);
    }

    /** Name under which the model is registered. */
    public String model() {
        return modelOf(interval);
    }

    public static String modelOf(Interval interval) {
        return "price-" + interval;
    }

    /** The candles to read, or to read again when a run goes on. */
    DatasetRequest candles(int steps, Optional<DatasetSnapshot> earlier) {
        return earlier.map(one -> new DatasetRequest(
                        interval,
                        Stream.concat(one.assets().stream(), one.leftOut().keySet().stream())
                                .toList(),
                        Optional.of(one.watermark()),
                        steps))
                .orElseGet(() -> new DatasetRequest(interval, assets, until, steps));
    }
}
