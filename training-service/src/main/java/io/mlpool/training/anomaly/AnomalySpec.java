package io.mlpool.training.anomaly;

import io.mlpool.anomaly.AnomalyManifest;
import io.mlpool.market.Interval;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a training of anomalies is to do.
 *
 * @param runId names it: the same run registers once
 * @param assets to learn from; empty for all there are
 * @param until close time of the newest candle to use (inclusive); absent for all there are
 * @param seed of every random choice
 */
public record AnomalySpec(String runId, Interval interval, List<String> assets, Optional<Instant> until, long seed) {

    private static final Pattern ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");

    public AnomalySpec {
        if (!ID.matcher(runId).matches()) {
            throw new IllegalArgumentException(
                    "id must be letters, digits, '.', '_' and '-', 100 at most, found '%s'".formatted(runId));
        }
        assets = List.copyOf(assets);
    }

    public String model() {
        return AnomalyManifest.nameOf(interval);
    }
}
