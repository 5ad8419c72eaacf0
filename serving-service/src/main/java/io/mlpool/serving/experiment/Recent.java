package io.mlpool.serving.experiment;

/**
 * The last day of an experiment at its nearest horizon.
 *
 * @param times with pairs
 * @param asked forecasts of the control
 * @param answered those that the challenger made too
 * @param controlLoss sum over the pairs
 * @param challengerLoss the same
 */
record Recent(int times, long asked, long answered, double controlLoss, double challengerLoss) {

    /** Share of the forecasts that the challenger made not. */
    double missing() {
        return asked == 0 ? 0 : 1 - (double) answered / asked;
    }

    /** How much more the control lost, as a share; negative when it lost less. */
    double increaseOfControl() {
        return challengerLoss > 0 ? controlLoss / challengerLoss - 1 : 0;
    }

    /** How much more the challenger lost, as a share; negative when it lost less. */
    double increase() {
        return controlLoss > 0 ? challengerLoss / controlLoss - 1 : 0;
    }
}
