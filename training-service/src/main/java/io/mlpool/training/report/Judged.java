package io.mlpool.training.report;

import io.mlpool.model.Calibration;
import io.mlpool.training.dataset.WindowSet;
import io.mlpool.training.evaluation.Forecasts;
import io.mlpool.training.naive.RandomWalk;

/**
 * A model's forecasts of the held-out windows and what they are compared with.
 *
 * @param raw before calibration
 * @param forecasts after it, as they are served
 * @param naive the random walk's, of the same windows
 */
public record Judged(Forecasts raw, Calibration calibration, Forecasts forecasts, Forecasts naive) {

    public Judged {
        if (raw.windows() != forecasts.windows() || naive.windows() != forecasts.windows()) {
            throw new IllegalArgumentException("all forecasts must be of the same windows");
        }
    }

    /** Calibrates a model's answers and asks the opponent about the same windows. */
    public static Judged of(Forecasts raw, Calibration calibration, RandomWalk naive) {
        WindowSet windows = raw.windows();
        Forecasts calibrated =
                new Forecasts(windows, raw.calibrated(calibration).quantiles());
        return new Judged(raw, calibration, calibrated, Forecasts.constant(naive, windows));
    }

    WindowSet windows() {
        return forecasts.windows();
    }

    int horizons() {
        return windows().shape().horizons().size();
    }

    int bars(int horizon) {
        return windows().shape().horizons().get(horizon).bars(windows().schema().interval());
    }

    Judged select(int[] positions) {
        Forecasts selected = forecasts.select(positions);
        WindowSet windows = selected.windows();
        return new Judged(
                new Forecasts(windows, raw.select(positions).quantiles()),
                calibration,
                selected,
                new Forecasts(windows, naive.select(positions).quantiles()));
    }
}
