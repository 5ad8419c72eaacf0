package io.mlpool.serving.alert;

import io.mlpool.serving.alert.rule.Severity;
import io.mlpool.serving.alert.state.AlertEvent;
import io.mlpool.serving.alert.state.AlertState;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** An alert as it is answered. */
record AlertView(
        UUID id,
        @Schema(type = "string") AlertState state,
        String rule,
        @Schema(type = "string") Severity severity,
        @Nullable String asset,
        Map<String, String> labels,
        double value,
        String summary,
        Instant since,
        @Nullable Instant firedAt,
        @Nullable Instant resolvedAt,
        Instant changedAt) {

    /** With its changes, newest first. */
    record WithHistory(AlertView alert, List<AlertEvent> events) {}
}
