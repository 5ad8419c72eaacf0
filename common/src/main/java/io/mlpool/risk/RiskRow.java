package io.mlpool.risk;

import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a model sees of an asset.
 *
 * @param protocol slug of the protocol whose token it is; null when none is known
 * @param asOf nothing that was known later is in it
 * @param values one for each {@link RiskFeature} in their order, NaN where nothing is known
 */
public record RiskRow(String asset, @Nullable String protocol, Instant asOf, float[] values) {

    public RiskRow {
        if (values.length != RiskFeature.values().length) {
            throw new IllegalArgumentException(
                    "a row of risk has %d values, found %d".formatted(RiskFeature.values().length, values.length));
        }
        for (RiskFeature feature : RiskFeature.values()) {
            if (Float.isInfinite(values[feature.column()])) {
                throw new IllegalArgumentException("%s must be finite, or NaN where it is not known, found %s"
                        .formatted(feature.label(), values[feature.column()]));
            }
        }
    }

    /** A row of given features; what is not given is not known. */
    public static RiskRow given(String asset, Instant asOf, Map<RiskFeature, Double> given) {
        float[] values = new float[RiskFeature.values().length];
        for (RiskFeature feature : RiskFeature.values()) {
            values[feature.column()] = given.getOrDefault(feature, Double.NaN).floatValue();
        }
        return new RiskRow(asset, null, asOf, values);
    }

    /** NaN where it is not known. */
    public float value(RiskFeature feature) {
        return values[feature.column()];
    }

    /** Those that are known. */
    public Map<RiskFeature, Double> known() {
        Map<RiskFeature, Double> known = new EnumMap<>(RiskFeature.class);
        for (RiskFeature feature : RiskFeature.values()) {
            if (!Float.isNaN(value(feature))) {
                known.put(feature, (double) value(feature));
            }
        }
        return known;
    }
}
