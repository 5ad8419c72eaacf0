package io.mlpool.training.risk;

/**
 * How the rows before the judged ones are used.
 *
 * @param validation share that says when to stop
 * @param calibration share that turns margins into probabilities
 */
public record RiskShares(double validation, double calibration) {

    public RiskShares {
        if (!(validation > 0 && calibration > 0 && validation + calibration < 0.9)) {
            throw new IllegalArgumentException(
                    "shares must be positive and leave a tenth to learn from, found %s and %s"
                            .formatted(validation, calibration));
        }
    }
}
