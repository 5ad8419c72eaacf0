package io.mlpool.serving.forecast;

import java.util.Arrays;
import java.util.Map;

/**
 * How large the errors of a version were against those that its quantiles implied: above 1 the quantiles were too narrow. That of an asset
 * is drawn towards that of all, the more so the fewer of its outcomes are known.
 *
 * @param all by the index of the horizon
 * @param byAsset likewise
 */
public record ErrorRatios(double[] all, Map<String, double[]> byAsset) {

    public ErrorRatios {
        byAsset = Map.copyOf(byAsset);
    }

    /** The quantiles are taken at their word. */
    public static ErrorRatios none(int horizons) {
        double[] ones = new double[horizons];
        Arrays.fill(ones, 1);
        return new ErrorRatios(ones, Map.of());
    }

    /** Of an asset that is not known, that of all. */
    double of(String asset, int horizon) {
        return byAsset.getOrDefault(asset, all)[horizon];
    }
}
