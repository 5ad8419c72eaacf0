package io.mlpool.serving.alert.rule;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Asks for the figures of a rule at some times; statements know them as {@code :assets}, null for all, and {@code :times}. */
record Question(JdbcClient jdbc, Rule rule, List<Instant> times) {

    private static final int ROWS_AT_ONCE = 5_000;

    JdbcClient.StatementSpec ask(String sql) {
        return jdbc.sql(sql)
                .withFetchSize(ROWS_AT_ONCE)
                .withMaxRows(Figures.MOST + 1)
                .param("times", times.stream().map(Instant::toString).toArray(String[]::new))
                .param("assets", rule.assets().isEmpty() ? null : rule.assets().toArray(String[]::new));
    }

    /** Rows with {@code at}, {@code asset} and {@code value}. An asset has one subject for all its readings, for there may be many. */
    static RowMapper<Reading> ofAssets(UnaryOperator<Subject> labels) {
        Map<String, Subject> subjects = new HashMap<>();
        return (row, n) -> new Reading(
                time(row),
                subjects.computeIfAbsent(row.getString("asset"), asset -> labels.apply(Subject.asset(asset))),
                row.getDouble("value"));
    }

    static Instant time(ResultSet row) throws SQLException {
        return row.getTimestamp("at").toInstant();
    }
}
