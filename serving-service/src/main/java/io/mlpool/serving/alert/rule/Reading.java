package io.mlpool.serving.alert.rule;

import java.time.Instant;

/** A figure of a subject as it stood at a time. */
public record Reading(Instant at, Subject subject, double value) {}
