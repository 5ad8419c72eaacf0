package io.mlpool.training.risk;

import io.mlpool.training.risk.evaluation.RiskEvaluation;
import java.util.Optional;

/** What a run notes of itself, so that another execution can go on. */
public interface RiskNotes {

    /** What the gate decided before; empty when it has not yet. */
    Optional<RiskDecision> decision();

    /** Noted before the version is registered. */
    void judged(RiskEvaluation evaluation, RiskDecision decision);

    void carriedOut(RiskDecision decision, int version);
}
