package io.mlpool.training.risk.run;

import org.jspecify.annotations.Nullable;

/**
 * {@code POST /risk/runs}.
 *
 * @param id names the run; the same request with the same id starts nothing new. One is made when absent
 * @param model {@code risk-7d} or another one that the settings name
 * @param seed of all that is random; 1 when absent
 */
record RiskRunRequest(
        @Nullable String id,
        @Nullable String model,
        @Nullable Long seed) {}
