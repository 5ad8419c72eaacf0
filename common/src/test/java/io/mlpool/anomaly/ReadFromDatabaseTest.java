package io.mlpool.anomaly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.mlpool.testing.TestDatabase;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

class ReadFromDatabaseTest {

    private static final Instant START = Instant.parse("2024-01-01T00:00:00Z");

    private static JdbcClient jdbc;

    @BeforeAll
    static void createDatabase() {
        jdbc = TestDatabase.create().jdbc();
    }

    @Test
    void theValueLockedIsReadAsItWasToldFirstForTheTokenOfItsProtocol() {
        jdbc.sql("INSERT INTO protocol (slug) VALUES ('maker-dao')").update();
        jdbc.sql("""
                INSERT INTO protocol_fact (protocol_id, known_at, assumed, recorded_at, fact)
                SELECT id, :start, false, :start, '{"asset": "maker"}' FROM protocol WHERE slug = 'maker-dao'
                """).param("start", START.atOffset(ZoneOffset.UTC)).update();
        jdbc.sql("""
                INSERT INTO locked_value (source, protocol_id, chain, day, known_at, assumed, recorded_at, usd)
                SELECT s.source, p.id, s.chain, d::date, d + s.late, false, d + s.late,
                       s.factor * CASE WHEN extract(day FROM d) = 31 THEN 2 ELSE 1 + 0.01 * (extract(day FROM d)::int % 3) END
                FROM protocol p, generate_series('2024-01-01'::timestamptz, '2024-01-31', '1 day') d,
                     (VALUES ('defillama', '', interval '26 hours', 100), ('defillama', '', interval '40 hours', 900),
                             ('defillama', 'Ethereum', interval '26 hours', 7), ('defipulse', '', interval '26 hours', 3))
                     s (source, chain, late, factor)
                WHERE p.slug = 'maker-dao'
                """).update();
        Instant known =
                jdbc.sql("""
                SELECT known_at FROM locked_value WHERE day = '2024-01-31' AND source = 'defillama' AND chain = ''
                ORDER BY known_at LIMIT 1
                """).query((row, n) -> row.getTimestamp(1).toInstant()).single();

        Map<String, LockedChanges> changes =
                LockedFigures.changes(jdbc, List.of("maker", "aave"), START, known.plus(Duration.ofDays(9)));

        assertThat(changes).containsOnlyKeys("maker");
        LockedChanges.Change last = Objects.requireNonNull(changes.get("maker"))
                .between(known.getEpochSecond() - 3600, known.getEpochSecond())
                .orElseThrow();
        assertThat(last.value()).isCloseTo(Math.log(2 / 1.0), within(1e-9));
        assertThat(last.scaled()).isGreaterThan(3);
        assertThat(LockedFigures.changes(jdbc, List.of("maker"), START, known.minusSeconds(1))
                        .get("maker"))
                .as("before it became known")
                .satisfies(before -> assertThat(Objects.requireNonNull(before)
                                .between(known.getEpochSecond() - 3600, known.getEpochSecond()))
                        .isEmpty());
    }
}
