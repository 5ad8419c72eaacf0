package io.mlpool.training.anomaly;

import io.mlpool.anomaly.Dimension;
import io.mlpool.anomaly.Scorer;
import java.util.List;

/**
 * Whatever scores points, with what it looks at.
 *
 * @param name for people
 * @param points candles with the market as it sees it
 */
record Detector(String name, List<Dimension> dimensions, Scorer scorer, PointSet points) {

    /** The opponent to beat: how far the return lies from its usual, whatever the other dimensions are. */
    static Detector naive(PointSet points) {
        return new Detector("naive", List.of(Dimension.RETURN), Detector::distances, points);
    }

    private static float[] distances(float[] rows, int count) {
        float[] distances = new float[count];
        for (int i = 0; i < count; i++) {
            distances[i] = Math.abs(rows[i]);
        }
        return distances;
    }

    /** What is not known is 0, as usual. */
    float[] rows(List<PointSet.Place> places) {
        float[] rows = new float[places.size() * dimensions.size()];
        for (int i = 0; i < places.size(); i++) {
            for (int d = 0; d < dimensions.size(); d++) {
                float value = places.get(i).points().scaled(places.get(i).candle(), dimensions.get(d));
                rows[i * dimensions.size() + d] = Float.isNaN(value) ? 0 : value;
            }
        }
        return rows;
    }

    float[] scores(List<PointSet.Place> places) {
        return scorer.scores(rows(places), places.size());
    }
}
