package io.mlpool.serving.alert.state;

import io.mlpool.serving.alert.rule.Severity;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A change of an alert's state.
 *
 * @param number in the order of all changes
 * @param eventId the same, however often it is told
 * @param sequence in the order of this alert's changes, from 1
 * @param at when it changed, UTC
 */
public record AlertEvent(
        long number,
        UUID eventId,
        UUID alertId,
        int sequence,
        AlertState state,
        Instant at,
        String rule,
        Severity severity,
        @Nullable String asset,
        Map<String, String> labels,
        double value,
        String summary,
        @Nullable Instant firedAt) {}
