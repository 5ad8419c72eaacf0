package io.mlpool.training.promotion;

import io.mlpool.training.evaluation.Forecasts;
import java.time.Instant;

/**
 * Who must be beaten.
 *
 * @param version registered version
 * @param trainedUntil close time of the newest candle that it saw
 * @param forecasts calibrated, of the windows that are to decide; their shape is the candidate's
 */
public record Champion(int version, Instant trainedUntil, Forecasts forecasts) {}
