package io.mlpool.serving.alert;

import io.mlpool.serving.alert.delivery.DeliveryAccess;
import io.mlpool.serving.alert.delivery.Outbox;
import io.mlpool.serving.alert.rule.Champion;
import io.mlpool.serving.alert.rule.Figures;
import io.mlpool.serving.alert.rule.Rule;
import io.mlpool.serving.alert.rule.RuleStore;
import io.mlpool.serving.alert.silence.SilenceStore;
import io.mlpool.serving.alert.state.AlertStore;
import io.mlpool.testing.SettableClock;
import io.mlpool.testing.TestDatabase;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** A database with figures to tell of, and a replica that evaluates, without Spring. */
public final class AlertWorld {

    public static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    public final TestDatabase database = TestDatabase.create();
    public final SettableClock clock = new SettableClock(NOON);
    public final List<Champion> champions = new CopyOnWriteArrayList<>(List.of(new Champion("price-1h", true, NOON)));
    public final JdbcClient jdbc = database.jdbc();
    public final TransactionTemplate transaction;
    public final RuleStore rules;

    /** Without the rules that are shipped. */
    public AlertWorld() {
        DataSourceTransactionManager transactions = new DataSourceTransactionManager(database.dataSource());
        transaction = new TransactionTemplate(transactions);
        rules = new RuleStore(jdbc, clock);
        jdbc.sql("DELETE FROM alert_rule").update();
    }

    public Figures figures() {
        return new Figures(jdbc, () -> champions);
    }

    /** What a replica without receivers does. */
    public void evaluate() {
        evaluate(DeliveryAccess.outboxWithoutReceivers(jdbc, clock));
    }

    public void evaluate(Outbox outbox) {
        new Evaluation(rules, figures(), new AlertStore(jdbc), outbox, transaction, clock).run();
    }

    void removeOld(Duration retention) {
        new AlertRetention(
                        new AlertStore(jdbc),
                        new SilenceStore(jdbc, transaction, clock),
                        DeliveryAccess.outboxWithoutReceivers(jdbc, clock),
                        retention,
                        clock)
                .remove();
    }

    public void rule(Rule rule) {
        rules.put(rule);
    }

    public void advance(Duration time) {
        clock.advance(time);
    }

    /** A score of risk-7d, version 1. */
    public void risk(String asset, double score, Instant asOf) {
        jdbc.sql("INSERT INTO asset (id, symbol, name) VALUES (:asset, :asset, :asset) ON CONFLICT DO NOTHING")
                .param("asset", asset)
                .update();
        jdbc.sql("""
                INSERT INTO risk_score (model, version, variant, run_id, asset, as_of, probability, score, margin, base, factors, features,
                                        computed_at)
                VALUES ('risk-7d', 1, 'champion', 'run', :asset, :at::timestamptz, 0.1, :score, 0, 0, '{}', '{}', :at::timestamptz)
                """)
                .param("asset", asset)
                .param("score", score)
                .param("at", asOf.toString())
                .update();
    }

    /** An anomaly of an hourly candle, found at once. */
    public void anomaly(String asset, double grade, Instant at) {
        anomalies(List.of(asset), grade, at);
    }

    public void anomalies(List<String> assets, double grade, Instant at) {
        jdbc.sql("""
                INSERT INTO anomaly (detector, asset, vs_currency, interval, at, grade, score, threshold, dimension, observed, attribution,
                                     found_at)
                SELECT 'stream', asset, 'usd', '1h', :at::timestamptz, :grade, 3, 2, 'return', 0.1, '{"return": 1}', :at::timestamptz
                FROM unnest(:assets::text[]) asset
                """)
                .param("assets", assets.toArray(String[]::new))
                .param("grade", grade)
                .param("at", at.toString())
                .update();
    }

    /** States of all events in their order, {@code asset state}. */
    public List<String> events() {
        return jdbc.sql("""
                SELECT coalesce(a.asset, a.subject) || ' ' || e.state FROM alert_event e JOIN alert a ON a.id = e.alert_id ORDER BY e.number
                """).query(String.class).list();
    }

    public int count(String table) {
        return jdbc.sql("SELECT count(*) FROM " + table).query(Integer.class).single();
    }
}
