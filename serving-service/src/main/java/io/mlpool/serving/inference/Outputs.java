package io.mlpool.serving.inference;

import io.mlpool.errors.RefusedException;
import io.mlpool.model.Calibration;
import io.mlpool.model.ForecastShape;
import io.mlpool.model.OnnxForecaster;
import io.mlpool.serving.live.LiveForecaster;
import java.util.List;

/** What can be asked for: the graph's own output, and the same after calibration, from which {@code /predict} makes prices. */
final class Outputs {

    static final String CALIBRATED = "calibrated_quantiles";

    /** The graph's own first: that is what other servers of the same graph answer. */
    static final List<String> NAMES = List.of(OnnxForecaster.OUTPUT, CALIBRATED);

    private Outputs() {}

    /**
     * The numbers of an output, {@code [windows x horizons x levels]}.
     *
     * @throws RefusedException 400 for an unknown one
     */
    static float[] of(String name, LiveForecaster model, float[] raw) {
        return switch (name) {
            case OnnxForecaster.OUTPUT -> raw;
            case CALIBRATED -> calibrated(model, raw);
            default -> throw unknown(name);
        };
    }

    /** Refuses before anything is computed. */
    static void requireKnown(String name) {
        if (!NAMES.contains(name)) {
            throw unknown(name);
        }
    }

    private static RefusedException unknown(String name) {
        return new RefusedException(400, "unknown output '%s', the model answers %s".formatted(name, NAMES));
    }

    private static float[] calibrated(LiveForecaster model, float[] raw) {
        ForecastShape shape = model.manifest().shape();
        Calibration calibration = model.manifest().calibration();
        int levels = shape.levels().size();
        int horizons = shape.horizons().size();
        float[] calibrated = new float[raw.length];
        for (int row = 0; row < raw.length / levels; row++) {
            double[] quantiles = calibration.apply(raw, row / horizons, row % horizons);
            for (int level = 0; level < levels; level++) {
                calibrated[row * levels + level] = (float) quantiles[level];
            }
        }
        return calibrated;
    }
}
