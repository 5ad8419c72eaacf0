package io.mlpool.serving.alert.state;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Alerts in PostgreSQL, as who changes them sees them. All but {@link #lock} wants to be within its transaction. */
public final class AlertStore {

    /** Any number that nobody else locks. */
    private static final long LOCK = 0x616c657274L;

    private final JdbcClient jdbc;

    public AlertStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** One changes alerts at a time, over all replicas, until the end of the transaction: events are numbered in the order of their commits. */
    public void lock() {
        jdbc.sql("SELECT pg_advisory_xact_lock(:lock)").param("lock", LOCK).query(rows -> {});
    }

    /** Alerts of a rule with these subjects, and those that are not resolved. */
    public List<Alert> of(String rule, Collection<String> subjects) {
        return jdbc.sql("""
                SELECT * FROM alert WHERE rule = :rule AND (state <> 'resolved' OR subject = ANY (:subjects::text[]))
                """)
                .param("rule", rule)
                .param("subjects", subjects.toArray(String[]::new))
                .query((row, n) -> AlertRows.alert(row))
                .list();
    }

    /** Names of rules that alerts are not resolved of. */
    public List<String> openRules() {
        return jdbc.sql("SELECT DISTINCT rule FROM alert WHERE state <> 'resolved'")
                .query(String.class)
                .list();
    }

    /** Writes how alerts stand, and an event for each; gives the numbers of those that receivers are to be told of. */
    public List<Long> change(List<Alert> changed) {
        if (changed.isEmpty()) {
            return List.of();
        }
        write(changed);
        return jdbc
                .sql("""
                INSERT INTO alert_event (id, alert_id, sequence, state, notify, at, value, summary, fired_at)
                SELECT e.id, e.alert_id, e.sequence, e.state, e.notify, e.at, a.value, a.summary, a.fired_at
                FROM unnest(:events::uuid[], :ids::uuid[], :sequences::integer[], :states::text[], :notify::boolean[], :ats::timestamptz[])
                     WITH ORDINALITY AS e (id, alert_id, sequence, state, notify, at, place)
                JOIN alert a ON a.id = e.alert_id
                ORDER BY e.place
                RETURNING number, notify
                """)
                .param("events", texts(changed, Alert::eventId))
                .param("ids", texts(changed, Alert::id))
                .param("sequences", changed.stream().map(Alert::sequence).toArray(Integer[]::new))
                .param(
                        "states",
                        texts(changed, alert -> alert.standing().state().label()))
                .param(
                        "notify",
                        changed.stream()
                                .map(alert -> alert.standing().isWorthTelling()
                                        && alert.standing().state() != AlertState.PENDING)
                                .toArray(Boolean[]::new))
                .param("ats", texts(changed, alert -> alert.standing().changedAt()))
                .query((row, n) -> row.getBoolean("notify") ? row.getLong("number") : -1L)
                .list()
                .stream()
                .filter(number -> number >= 0)
                .toList();
    }

    private void write(List<Alert> changed) {
        jdbc.sql("""
                INSERT INTO alert (id, rule, subject, asset, severity, labels, state, value, summary, since, fired_at, resolved_at,
                                   changed_at, sequence)
                SELECT * FROM unnest(:ids::uuid[], :rules::text[], :subjects::text[], :assets::text[], :severities::text[],
                    :labels::jsonb[], :states::text[], :values::double precision[], :summaries::text[], :since::timestamptz[],
                    :fired::timestamptz[], :resolved::timestamptz[], :changed::timestamptz[], :sequences::integer[])
                ON CONFLICT (id) DO UPDATE SET severity = EXCLUDED.severity, labels = EXCLUDED.labels, state = EXCLUDED.state,
                    value = EXCLUDED.value, summary = EXCLUDED.summary, since = EXCLUDED.since, fired_at = EXCLUDED.fired_at,
                    resolved_at = EXCLUDED.resolved_at, changed_at = EXCLUDED.changed_at, sequence = EXCLUDED.sequence
                """)
                .param("ids", texts(changed, Alert::id))
                .param("rules", texts(changed, Alert::rule))
                .param("subjects", texts(changed, Alert::subject))
                .param("assets", texts(changed, Alert::asset))
                .param("severities", texts(changed, alert -> alert.severity().label()))
                .param("labels", texts(changed, alert -> AlertRows.json(alert.labels())))
                .param(
                        "states",
                        texts(changed, alert -> alert.standing().state().label()))
                .param("values", changed.stream().map(Alert::value).toArray(Double[]::new))
                .param("summaries", texts(changed, Alert::summary))
                .param("since", texts(changed, alert -> alert.standing().since()))
                .param("fired", texts(changed, alert -> alert.standing().firedAt()))
                .param("resolved", texts(changed, Alert::resolvedAt))
                .param("changed", texts(changed, alert -> alert.standing().changedAt()))
                .param("sequences", changed.stream().map(Alert::sequence).toArray(Integer[]::new))
                .update();
    }

    /** Writes newer values of alerts whose state stays. */
    public void renew(List<Alert> alerts) {
        if (alerts.isEmpty()) {
            return;
        }
        jdbc.sql("""
                UPDATE alert a SET value = n.value, summary = n.summary
                FROM unnest(:ids::uuid[], :values::double precision[], :summaries::text[]) AS n (id, value, summary)
                WHERE a.id = n.id AND a.summary <> n.summary
                """)
                .param("ids", texts(alerts, Alert::id))
                .param("values", alerts.stream().map(Alert::value).toArray(Double[]::new))
                .param("summaries", texts(alerts, Alert::summary))
                .update();
    }

    /** Removes events from before this time, but an alert's last; and alerts that have none since then and are resolved. */
    public int remove(Instant before) {
        jdbc.sql("""
                DELETE FROM alert_event e USING alert a
                WHERE a.id = e.alert_id AND e.at < :before::timestamptz AND e.sequence < a.sequence
                """).param("before", before.toString()).update();
        return jdbc.sql("DELETE FROM alert WHERE state = 'resolved' AND changed_at < :before::timestamptz")
                .param("before", before.toString())
                .update();
    }

    private static @Nullable String[] texts(List<Alert> alerts, Function<Alert, @Nullable Object> what) {
        return alerts.stream()
                .map(what)
                .map(one -> one == null ? null : one.toString())
                .toArray(String[]::new);
    }
}
