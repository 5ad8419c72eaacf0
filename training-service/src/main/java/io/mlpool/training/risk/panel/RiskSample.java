package io.mlpool.training.risk.panel;

import io.mlpool.risk.RiskRow;
import java.time.Instant;

/**
 * A row and what came of it.
 *
 * @param event whether the severe loss happened within the horizon
 */
public record RiskSample(RiskRow row, boolean event) {

    public Instant asOf() {
        return row.asOf();
    }
}
