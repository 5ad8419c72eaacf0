package io.mlpool.serving.alert.rule;

import java.time.Instant;

/**
 * A model that is live as champion.
 *
 * @param forecasts whether it says where prices may go, rather than what is risky or unusual
 * @param trainedUntil close time of the newest candle that it learned from
 */
public record Champion(String model, boolean forecasts, Instant trainedUntil) {}
