package io.mlpool.serving.alert.state;

import io.mlpool.serving.alert.rule.Severity;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Rows of alerts and events as records. */
public final class AlertRows {

    /** Columns of an event; wants {@code alert_event e JOIN alert a}. */
    public static final String EVENT = """
            e.number, e.id, e.alert_id, e.sequence, e.state, e.at, a.rule, a.severity, a.asset, a.labels, e.value, e.summary, e.fired_at
            """;

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final TypeReference<Map<String, String>> LABELS = new TypeReference<>() {};

    private AlertRows() {}

    public static AlertEvent event(ResultSet row) throws SQLException {
        return new AlertEvent(
                row.getLong("number"),
                row.getObject("id", UUID.class),
                row.getObject("alert_id", UUID.class),
                row.getInt("sequence"),
                AlertState.of(row.getString("state")),
                row.getTimestamp("at").toInstant(),
                row.getString("rule"),
                Severity.of(row.getString("severity")),
                row.getString("asset"),
                labels(row.getString("labels")),
                row.getDouble("value"),
                row.getString("summary"),
                time(row, "fired_at"));
    }

    static Alert alert(ResultSet row) throws SQLException {
        Standing standing = new Standing(
                AlertState.of(row.getString("state")),
                row.getTimestamp("since").toInstant(),
                time(row, "fired_at"),
                row.getTimestamp("changed_at").toInstant());
        return new Alert(
                row.getObject("id", UUID.class),
                row.getString("rule"),
                row.getString("subject"),
                row.getString("asset"),
                Severity.of(row.getString("severity")),
                labels(row.getString("labels")),
                standing,
                row.getDouble("value"),
                row.getString("summary"),
                row.getInt("sequence"));
    }

    static String json(Map<String, String> labels) {
        return JSON.writeValueAsString(labels);
    }

    public static Map<String, String> labels(String json) {
        return JSON.readValue(json, LABELS);
    }

    public static @Nullable Instant time(ResultSet row, String column) throws SQLException {
        Timestamp time = row.getTimestamp(column);
        return time == null ? null : time.toInstant();
    }
}
