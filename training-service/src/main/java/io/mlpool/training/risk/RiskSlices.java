package io.mlpool.training.risk;

import java.time.Instant;

/**
 * Four stretches of a panel in the order of time, with at least the horizon between the last row of one and the first of the next, so
 * that no outcome of one reaches into the next.
 *
 * @param train that trees grow on
 * @param validation that says when to stop
 * @param calibration that turns margins into probabilities
 * @param judged that says how good it is; nothing is chosen by it
 */
public record RiskSlices(RiskPanel train, RiskPanel validation, RiskPanel calibration, RiskPanel judged) {

    public RiskSlices {
        requireApart(train, validation);
        requireApart(validation, calibration);
        requireApart(calibration, judged);
    }

    /**
     * Cuts a panel by its number of rows.
     *
     * @param judged share of the rows for the last slice, 0 for none
     */
    static RiskSlices of(RiskPanel panel, RiskShares shares, double judged) {
        double fitted = 1 - judged;
        Instant validation = at(panel, fitted * (1 - shares.validation() - shares.calibration()));
        Instant calibration = at(panel, fitted * (1 - shares.calibration()));
        Instant judging = judged == 0 ? panel.knownBy().plusSeconds(1) : at(panel, fitted);
        return new RiskSlices(
                panel.between(Instant.MIN, validation),
                panel.between(validation, calibration),
                panel.between(calibration, judging),
                panel.between(judging, panel.knownBy()));
    }

    /** All that came before the last slice. */
    RiskPanel fitted() {
        return train.and(validation).and(calibration);
    }

    private static Instant at(RiskPanel panel, double share) {
        return panel.samples()
                .get(Math.min(panel.size() - 1, (int) (share * panel.size())))
                .asOf();
    }

    private static void requireApart(RiskPanel before, RiskPanel after) {
        if (!before.isEmpty() && !after.isEmpty() && before.knownBy().isAfter(after.first())) {
            throw new IllegalArgumentException("rows of a slice must be known before the next begins, found %s and %s"
                    .formatted(before.knownBy(), after.first()));
        }
    }
}
