package io.mlpool.serving.alert.state;

import io.mlpool.serving.alert.rule.Severity;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What there is to tell about one subject of one rule.
 *
 * @param id the same for the same rule and subject, for good
 * @param value newest that was beyond the bound
 * @param sequence how often its state has changed
 */
public record Alert(
        UUID id,
        String rule,
        String subject,
        @Nullable String asset,
        Severity severity,
        Map<String, String> labels,
        Standing standing,
        double value,
        String summary,
        int sequence) {

    public Alert {
        labels = new TreeMap<>(labels);
    }

    public static UUID id(String rule, String subject) {
        return UUID.nameUUIDFromBytes((rule + "\n" + subject).getBytes(StandardCharsets.UTF_8));
    }

    /** Of the change that led to where it stands. */
    public UUID eventId() {
        return UUID.nameUUIDFromBytes((id + "\n" + sequence).getBytes(StandardCharsets.UTF_8));
    }

    /** The same alert after a change of its state. */
    public Alert after(Standing next) {
        return new Alert(id, rule, subject, asset, severity, labels, next, value, summary, sequence + 1);
    }

    public @Nullable Instant resolvedAt() {
        return standing.state() == AlertState.RESOLVED ? standing.changedAt() : null;
    }
}
