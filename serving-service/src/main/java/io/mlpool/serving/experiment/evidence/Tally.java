package io.mlpool.serving.experiment.evidence;

import org.jspecify.annotations.Nullable;

/**
 * What one arm's forecasts were worth over a stretch of time at one horizon.
 *
 * @param loss sum over the times of the mean over the assets of the quantile loss (twice the pinball loss, mean over the levels) as a share of the price
 * @param covered of how many of the pairs the price ended between the quantiles 0.1 and 0.9; null for a model without these
 */
public record Tally(double loss, @Nullable Long covered) {}
