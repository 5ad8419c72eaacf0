package io.mlpool.serving.forest;

import io.mlpool.anomaly.AnomalyManifest;
import io.mlpool.anomaly.Attribution;
import io.mlpool.anomaly.CandlePoints;
import io.mlpool.anomaly.Dimension;
import io.mlpool.anomaly.Disturbance;
import io.mlpool.anomaly.Threshold;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Scores candles of one asset in the order of time, and says which of them are told. */
record CandleScoring(LiveAnomalyModel model) {

    /**
     * The findings among the candles that closed after {@code from}.
     *
     * @param last finding before them
     */
    List<Finding> findings(CandlePoints points, Instant from, Disturbance last) {
        AnomalyManifest manifest = model.manifest();
        Threshold threshold = manifest.threshold();
        List<Integer> judged = judged(points, from);
        float[] scores = scores(points, judged);
        List<Finding> findings = new ArrayList<>();
        Disturbance told = last;
        for (int i = 0; i < scores.length; i++) {
            int candle = judged.get(i);
            long close = points.closeTime(candle).getEpochSecond();
            if (told.tells(
                    scores[i], threshold.score(), close, manifest.candles().seconds())) {
                told = new Disturbance(close, scores[i] - threshold.score());
                findings.add(finding(points, candle, scores[i]));
            }
        }
        return findings;
    }

    private static List<Integer> judged(CandlePoints points, Instant from) {
        List<Integer> judged = new ArrayList<>();
        for (int i = 0; i < points.size(); i++) {
            if (points.isKnown(i) && points.closeTime(i).isAfter(from)) {
                judged.add(i);
            }
        }
        return judged;
    }

    private float[] scores(CandlePoints points, List<Integer> judged) {
        int width = model.manifest().dimensions().size();
        float[] rows = new float[judged.size() * width];
        for (int i = 0; i < judged.size(); i++) {
            System.arraycopy(model.manifest().point(points, judged.get(i)), 0, rows, i * width, width);
        }
        return judged.isEmpty() ? rows : model.scores(rows, judged.size());
    }

    /** What is not known of a candle is as usual, so that none of its score is due to it. */
    private Finding finding(CandlePoints points, int candle, float score) {
        AnomalyManifest manifest = model.manifest();
        double[] shares = Attribution.shares(model, manifest.point(points, candle));
        Map<Dimension, Double> attribution = new EnumMap<>(Dimension.class);
        Dimension largest = Dimension.RETURN;
        for (int d = 0; d < shares.length; d++) {
            Dimension dimension = manifest.dimensions().get(d);
            attribution.put(dimension, shares[d]);
            if (points.isKnown(candle, dimension) && shares[d] > attribution.getOrDefault(largest, -1.0)) {
                largest = dimension;
            }
        }
        return new Finding(
                points.closeTime(candle),
                manifest.threshold().grade(score),
                score,
                manifest.threshold().score(),
                largest,
                largest.shown(points.value(candle, largest)),
                largest.shown(points.usual(candle, largest)),
                attribution);
    }
}
