package io.mlpool.featurestore;

import java.time.Instant;
import java.util.Arrays;

/**
 * The features of one entity at one time.
 *
 * @param eventTime close time of the newest candle in it, UTC
 * @param values in the order of the view's features; NaN where one cannot be known
 */
public record FeatureRow(Instant eventTime, float[] values) {

    /** To the last bit. */
    public boolean says(float[] others) {
        return Arrays.equals(values, others);
    }
}
