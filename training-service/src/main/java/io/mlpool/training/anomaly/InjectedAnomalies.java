package io.mlpool.training.anomaly;

import io.mlpool.anomaly.Dimension;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** Candles with an anomaly put into each, the same ones for every detector. */
final class InjectedAnomalies {

    private final List<One> all;

    private InjectedAnomalies(List<One> all) {
        this.all = List.copyOf(all);
    }

    private record One(Injection kind, int asset, int candle, Map<Dimension, Double> added) {}

    /**
     * Draws them.
     *
     * @param each how many of each kind
     */
    static InjectedAnomalies into(PointSet heldOut, int each, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<int[]> places = new ArrayList<>();
        for (int asset = 0; asset < heldOut.assets().size(); asset++) {
            for (int candle : heldOut.candles(heldOut.assets().get(asset))) {
                places.add(new int[] {asset, candle});
            }
        }
        List<One> drawn = new ArrayList<>();
        for (Injection kind : Injection.values()) {
            for (int i = 0; i < each; i++) {
                int[] place = places.get(random.nextInt(places.size()));
                drawn.add(new One(kind, place[0], place[1], kind.drawn(random)));
            }
        }
        return new InjectedAnomalies(drawn);
    }

    /** Which of them a detector scores above its threshold. A dimension that is not known of a candle has nothing added. */
    boolean[] found(Detector detector, double threshold) {
        List<PointSet.Place> places = all.stream()
                .map(one -> new PointSet.Place(detector.points().assets().get(one.asset()), one.candle()))
                .toList();
        float[] rows = detector.rows(places);
        for (int i = 0; i < all.size(); i++) {
            for (int d = 0; d < detector.dimensions().size(); d++) {
                Dimension dimension = detector.dimensions().get(d);
                if (places.get(i).points().isKnown(places.get(i).candle(), dimension)) {
                    int at = i * detector.dimensions().size() + d;
                    rows[at] = moved(rows[at], all.get(i).added().getOrDefault(dimension, 0.0));
                }
            }
        }
        float[] scores = detector.scorer().scores(rows, all.size());
        boolean[] found = new boolean[scores.length];
        for (int i = 0; i < found.length; i++) {
            found[i] = scores[i] > threshold;
        }
        return found;
    }

    /** Share of a kind that was found. */
    double rate(Injection kind, boolean[] found) {
        int of = 0;
        int count = 0;
        for (int i = 0; i < found.length; i++) {
            if (all.get(i).kind() == kind) {
                of++;
                count += found[i] ? 1 : 0;
            }
        }
        return (double) count / of;
    }

    static double rate(boolean[] found) {
        int count = 0;
        for (boolean one : found) {
            count += one ? 1 : 0;
        }
        return (double) count / found.length;
    }

    /** Scales are inverse hyperbolic sines of spreads. */
    private static float moved(float scaled, double spreads) {
        double distance = Math.sinh(scaled) + spreads;
        return (float) (Math.signum(distance) * Math.log(Math.abs(distance) + Math.hypot(distance, 1)));
    }

    @Override
    public String toString() {
        return "%d injected anomalies of %s".formatted(all.size(), Arrays.toString(Injection.values()));
    }
}
