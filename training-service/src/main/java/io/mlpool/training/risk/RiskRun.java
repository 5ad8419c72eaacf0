package io.mlpool.training.risk;

import java.time.Instant;

/**
 * What a run is to make.
 *
 * @param id names it
 * @param model {@code risk-7d}
 * @param seed of all that is random
 */
public record RiskRun(String id, String model, long seed, Instant createdAt) {}
