package io.mlpool.anomaly;

import io.mlpool.market.Interval;
import io.mlpool.model.Algorithm;
import io.mlpool.model.BundleHeader;
import io.mlpool.model.Provenance;
import java.util.List;
import java.util.Map;

/**
 * {@code bundle.json} of a model that finds anomalies: everything about it but its trees.
 *
 * @param format version of this file's layout
 * @param model registered name: {@code anomaly-1h}
 * @param interval label of the candles that it judges
 * @param dimensions of a point, in the order in which the graph takes them
 * @param market assets whose median return is the market's
 * @param metrics what the evaluation measured, by name
 */
public record AnomalyManifest(
        int format,
        String model,
        Algorithm algorithm,
        String interval,
        List<Dimension> dimensions,
        List<String> market,
        Threshold threshold,
        Provenance provenance,
        Map<String, Double> metrics) {

    /** What the names of all such models begin with. */
    public static final String PREFIX = "anomaly-";

    public AnomalyManifest {
        BundleHeader.requireFormat(format);
        dimensions = List.copyOf(dimensions);
        market = List.copyOf(market);
        metrics = Map.copyOf(metrics);
        if (dimensions.isEmpty() || dimensions.stream().distinct().count() < dimensions.size()) {
            throw new IllegalArgumentException("dimensions must be there and differ, found " + dimensions);
        }
        if (!model.equals(nameOf(Interval.of(interval)))) {
            throw new IllegalArgumentException(
                    "a model of %s is called %s, found %s".formatted(interval, nameOf(Interval.of(interval)), model));
        }
    }

    /** Registered name of the model of an interval. */
    public static String nameOf(Interval interval) {
        return PREFIX + interval.label();
    }

    /** Length of the candles. */
    public Interval candles() {
        return Interval.of(interval);
    }

    /** The point of candle {@code i} as the graph takes it: what is not known is 0, as usual. */
    public float[] point(CandlePoints points, int i) {
        float[] point = new float[dimensions.size()];
        for (int d = 0; d < point.length; d++) {
            float value = points.scaled(i, dimensions.get(d));
            point[d] = Float.isNaN(value) ? 0 : value;
        }
        return point;
    }
}
