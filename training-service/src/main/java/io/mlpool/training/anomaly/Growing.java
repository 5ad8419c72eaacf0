package io.mlpool.training.anomaly;

import io.mlpool.anomaly.Dimension;
import io.mlpool.anomaly.IsolationForest;
import io.mlpool.training.dataset.NoDataException;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Grows a forest from points, of which not all dimensions are known everywhere. What is not known of a point is replaced by what is known of
 * another one, drawn at random (hot deck; Andridge, Little: A review of hot deck imputation for survey non-response, 2010): a 0 would pile up points
 * at the usual value, and every known value beside it would seem unusual.
 */
record Growing(List<Dimension> dimensions, float[] rows, IsolationForest.Settings settings) {

    /** A dimension that is known of fewer points is left out. */
    static final int FEWEST = 256;

    static Growing of(PointSet train, IsolationForest.Settings settings, long seed) {
        List<PointSet.Place> places = train.places();
        List<Dimension> dimensions = Arrays.stream(Dimension.values())
                .filter(dimension -> known(places, dimension).length >= FEWEST)
                .toList();
        if (dimensions.isEmpty()) {
            throw new NoDataException(
                    "only %d candles can be learned from, %d are needed: import or fetch more history first"
                            .formatted(places.size(), FEWEST));
        }
        return new Growing(dimensions, filled(places, dimensions, new SplittableRandom(seed)), settings);
    }

    IsolationForest forest(long seed) {
        return IsolationForest.grow(rows, dimensions.size(), settings, seed);
    }

    private static float[] filled(List<PointSet.Place> places, List<Dimension> dimensions, SplittableRandom random) {
        float[] rows = new float[places.size() * dimensions.size()];
        for (int d = 0; d < dimensions.size(); d++) {
            float[] known = known(places, dimensions.get(d));
            for (int i = 0; i < places.size(); i++) {
                float value = places.get(i).points().scaled(places.get(i).candle(), dimensions.get(d));
                rows[i * dimensions.size() + d] = Float.isNaN(value) ? known[random.nextInt(known.length)] : value;
            }
        }
        return rows;
    }

    private static float[] known(List<PointSet.Place> places, Dimension dimension) {
        float[] known = new float[places.size()];
        int count = 0;
        for (PointSet.Place place : places) {
            if (place.points().isKnown(place.candle(), dimension)) {
                known[count++] = place.points().scaled(place.candle(), dimension);
            }
        }
        return Arrays.copyOf(known, count);
    }
}
