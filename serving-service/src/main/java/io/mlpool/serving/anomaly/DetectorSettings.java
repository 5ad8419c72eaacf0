package io.mlpool.serving.anomaly;

import java.util.List;

/**
 * How a stream of points is watched.
 *
 * @param dimensions of a point, in their order
 * @param forest that scores it
 * @param alarms which scores are told
 * @param scaling known values of a dimension that its scale is taken from; a single dimension needs none
 */
public record DetectorSettings(List<Dimension> dimensions, ForestSettings forest, AlarmSettings alarms, int scaling) {

    private static final int TREES = 30;
    private static final int SAMPLES = 256;

    public DetectorSettings {
        dimensions = List.copyOf(dimensions);
        if (dimensions.size() != forest.dimensions()) {
            throw new IllegalArgumentException(
                    "there are %d dimensions, the forest has %d".formatted(dimensions.size(), forest.dimensions()));
        }
        if (dimensions.stream().map(Dimension::name).distinct().count() < dimensions.size()) {
            throw new IllegalArgumentException("dimensions must have different names, found " + dimensions);
        }
        if (scaling < Scaling.WARM_UP) {
            throw new IllegalArgumentException(
                    "scaling must be at least %d, found %d".formatted(Scaling.WARM_UP, scaling));
        }
    }

    /**
     * The usual ones.
     *
     * @param shingle points that are looked at together
     * @param share of the points that may be told
     */
    public static DetectorSettings of(List<Dimension> dimensions, int shingle, double share) {
        if (dimensions.size() == 1 && shingle == 1) {
            return new DetectorSettings(
                    dimensions, ForestSettings.OF_ONE_NUMBER, AlarmSettings.ofOneNumber(share), SAMPLES);
        }
        AlarmSettings alarms = AlarmSettings.of(share);
        ForestSettings forest = new ForestSettings(dimensions.size(), shingle, TREES, SAMPLES, 32, 7);
        return new DetectorSettings(
                dimensions,
                forest,
                new AlarmSettings(share, Math.max(alarms.quiet(), shingle), alarms.memory(), alarms.least()),
                SAMPLES);
    }
}
