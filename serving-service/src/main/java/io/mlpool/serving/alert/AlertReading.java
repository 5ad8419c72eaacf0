package io.mlpool.serving.alert;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.mlpool.readings.ReadGauge;
import io.mlpool.serving.alert.rule.Severity;
import io.mlpool.serving.alert.state.AlertState;
import java.sql.ResultSet;
import java.util.HashMap;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Alerts that are not resolved, over all replicas, for metrics. */
final class AlertReading {

    private final JdbcClient jdbc;
    private final ReadGauge alerts;

    AlertReading(JdbcClient jdbc, MeterRegistry meters) {
        this.jdbc = jdbc;
        this.alerts = new ReadGauge(meters, "mlpool.alerts", "", "Alerts that stand so, over all replicas");
    }

    void take() {
        Map<Tags, Number> counts = new HashMap<>();
        for (Severity severity : Severity.values()) {
            counts.put(tags(AlertState.PENDING.label(), severity.label()), 0);
            counts.put(tags(AlertState.FIRING.label(), severity.label()), 0);
        }
        jdbc.sql(
                        "SELECT state, severity, count(*) AS alerts FROM alert WHERE state <> 'resolved' GROUP BY state, severity")
                .query((ResultSet row) -> {
                    counts.put(tags(row.getString("state"), row.getString("severity")), row.getLong("alerts"));
                });
        alerts.set(counts);
    }

    private static Tags tags(String state, String severity) {
        return Tags.of("state", state, "severity", severity);
    }
}
