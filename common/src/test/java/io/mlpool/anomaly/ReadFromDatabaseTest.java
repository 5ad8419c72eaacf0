package io.mlpool.anomaly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.mlpool.market.Interval;
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
    void rangesAreReadWhereTheSourceKnowsThem() {
        jdbc.sql("INSERT INTO asset (id, symbol, name) VALUES ('aave', 'aave', 'Aave')")
                .update();
        jdbc.sql("INSERT INTO series (asset, vs_currency, interval) VALUES ('aave', 'usd', '1h')")
                .update();
        jdbc.sql("""
                INSERT INTO candle
                  (series_id, open_time, open, high, low, close, volume, volume_kind, flags, finished, source, ingested_at)
                SELECT s.id, t.at::timestamptz, 2, 4, 1, 2, 1, 1, t.flags, t.finished, 'test', now()
                FROM series s, (VALUES ('2024-01-01T00:00:00Z', 2, true), ('2024-01-01T01:00:00Z', 1, true),
                                       ('2024-01-01T02:00:00Z', 0, false)) t (at, flags, finished)
                """).update();

        CandleRanges ranges = CandleRanges.read(
                        jdbc, List.of("aave", "maker"), "usd", Interval.ONE_HOUR, START, START.plus(Duration.ofDays(1)))
                .get("aave");

        assertThat(ranges).isNotNull();
        assertThat(ranges.at(START.getEpochSecond())).isCloseTo(Math.log(4), within(1e-12));
        assertThat(ranges.at(START.getEpochSecond() + 3600)).as("closes only").isNaN();
        assertThat(ranges.at(START.getEpochSecond() + 7200)).as("not finished").isNaN();
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
