package io.mlpool.serving.experiment;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How a version that the gate promoted is watched against the one before.
 *
 * @param enabled whether it is
 * @param days after which it is no longer
 * @param confidence that the version before is better, at all looks together, for it to come back
 * @param brokenBy increase of the loss at the nearest horizon over a day that brings it back without statistics; a share
 */
@ConfigurationProperties("mlpool.rollback")
record RollbackProperties(
        @DefaultValue("true") boolean enabled,
        @DefaultValue("28") int days,
        @DefaultValue("0.95") double confidence,
        @DefaultValue("0.5") double brokenBy) {

    RollbackProperties {
        if (days < 1 || !(confidence > 0 && confidence < 1) || !(brokenBy > 0)) {
            throw new IllegalArgumentException(
                    "mlpool.rollback: days must be at least 1, confidence between 0 and 1 and broken-by positive, found %d, %s and %s"
                            .formatted(days, confidence, brokenBy));
        }
    }

    Terms terms() {
        Guardrails usual = Guardrails.DEFAULT;
        Guardrails guardrails =
                new Guardrails(usual.worseBy(), brokenBy, usual.coverageFrom(), usual.coverageTo(), usual.missing());
        return new Terms(Mode.SHADOW, 0, confidence, OnWin.PROMOTE, days, guardrails);
    }
}
