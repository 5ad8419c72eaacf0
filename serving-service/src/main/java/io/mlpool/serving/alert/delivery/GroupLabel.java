package io.mlpool.serving.alert.delivery;

import io.mlpool.serving.alert.state.AlertEvent;
import java.util.List;
import java.util.stream.Collectors;

/** What events of one notification have in common. */
public enum GroupLabel {
    RULE,
    ASSET,
    SEVERITY;

    /** The text that events of a group share. */
    static String key(List<GroupLabel> by, AlertEvent event) {
        return by.stream().map(label -> label.of(event)).collect(Collectors.joining(","));
    }

    private String of(AlertEvent event) {
        return switch (this) {
            case RULE -> "rule=" + event.rule();
            case ASSET -> "asset=" + (event.asset() == null ? "" : event.asset());
            case SEVERITY -> "severity=" + event.severity().label();
        };
    }
}
