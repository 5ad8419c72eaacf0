package io.mlpool.training.evaluation;

import io.mlpool.model.Calibration;
import io.mlpool.model.Horizon;
import java.util.List;

/**
 * A calibration and what it was seen to be worth.
 *
 * @param choices one for each horizon
 */
public record CalibrationReport(Calibration calibration, List<Choice> choices) {

    public CalibrationReport {
        choices = List.copyOf(choices);
    }

    /**
     * How far the quantiles of a horizon are moved.
     *
     * @param shrinkage 0 for not at all, 1 for the whole error
     * @param lossBefore out-of-fold loss without calibration
     * @param lossAfter out-of-fold loss with it, each fold calibrated by the others; never above {@code lossBefore}
     */
    public record Choice(Horizon horizon, double shrinkage, double lossBefore, double lossAfter) {}
}
