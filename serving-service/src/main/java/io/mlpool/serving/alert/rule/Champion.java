package io.mlpool.serving.alert.rule;

import java.time.Instant;

/**
 * A model that is live as champion.
 *
 * @param forecasts whether it says where prices may go, rather than what is risky or unusual
 * @param madeAt when its bundle was written
 */
public record Champion(String model, boolean forecasts, Instant madeAt) {}
