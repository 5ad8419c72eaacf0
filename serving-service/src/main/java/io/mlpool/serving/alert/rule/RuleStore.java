package io.mlpool.serving.alert.rule;

import io.mlpool.serving.alert.rule.RuleJson.Definition;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Rules in PostgreSQL. */
public final class RuleStore {

    private final JdbcClient jdbc;
    private final Clock clock;

    public RuleStore(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /**
     * A rule and where it comes from.
     *
     * @param shipped whether it came with the pool, changed since or not
     */
    public record Kept(Rule rule, boolean shipped, Instant createdAt, Instant changedAt) {}

    /** By name. */
    public List<Kept> all() {
        return jdbc.sql("SELECT * FROM alert_rule ORDER BY name")
                .query((row, n) -> kept(row))
                .list();
    }

    /** Of all rules, also of those that another version of the pool wrote and this one cannot read. */
    public List<String> names() {
        return jdbc.sql("SELECT name FROM alert_rule ORDER BY name")
                .query(String.class)
                .list();
    }

    public Optional<Kept> find(String name) {
        return jdbc.sql("SELECT * FROM alert_rule WHERE name = :name")
                .param("name", name)
                .query((row, n) -> kept(row))
                .optional();
    }

    /** Adds it, unless there is one of its name; says whether it did. */
    public boolean add(Rule rule) {
        return write("""
                INSERT INTO alert_rule (name, definition, created_at, changed_at)
                VALUES (:name, :definition::jsonb, :now, :now) ON CONFLICT (name) DO NOTHING
                """, rule) > 0;
    }

    /** Adds it, or puts it in the place of that of its name. */
    public void put(Rule rule) {
        write("""
                INSERT INTO alert_rule AS r (name, definition, created_at, changed_at)
                VALUES (:name, :definition::jsonb, :now, :now)
                ON CONFLICT (name) DO UPDATE SET definition = EXCLUDED.definition, changed_at = EXCLUDED.changed_at
                WHERE r.definition <> EXCLUDED.definition
                """, rule);
    }

    public void remove(String name) {
        jdbc.sql("DELETE FROM alert_rule WHERE name = :name")
                .param("name", name)
                .update();
    }

    private int write(String sql, Rule rule) {
        return jdbc.sql(sql)
                .param("name", rule.name())
                .param("definition", RuleJson.write(rule))
                .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                .update();
    }

    private static Kept kept(ResultSet row) throws SQLException {
        Definition definition = RuleJson.read(row.getString("definition"));
        return new Kept(
                definition.rule(row.getString("name")),
                row.getBoolean("shipped"),
                row.getTimestamp("created_at").toInstant(),
                row.getTimestamp("changed_at").toInstant());
    }
}
