package io.mlpool.serving.performance;

/**
 * Forecasts that are added up.
 *
 * @param seconds of the horizon
 * @param name of the day, asset or group; empty where they are not told apart
 */
record Part(String model, int version, long seconds, String variant, String name) {}
