package io.mlpool.features;

/**
 * One column of what a model sees.
 *
 * @param name unique within a schema
 * @param value the value at a bar, from that bar and bars before it only
 */
record Feature(String name, Value value) {

    /** Computes a feature at bar {@code i}; NaN and values beyond ±{@link FeatureFrame#CLIP} are cut by the frame. */
    @FunctionalInterface
    interface Value {
        double at(Bars bars, int i);
    }
}
