package io.mlpool.serving.alert.rule;

import java.time.Instant;

/**
 * A model that is live as champion.
 *
 * @param trainedUntil close time of the newest candle that it learned from
 */
public record Champion(String model, Instant trainedUntil) {}
