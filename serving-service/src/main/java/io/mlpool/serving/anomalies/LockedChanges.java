package io.mlpool.serving.anomalies;

import java.sql.ResultSet;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** How the value locked in the protocol of an asset changed from day to day, as it became known. */
final class LockedChanges {

    /** A figure becomes known a day or two after its day, and a change needs the one before. */
    static final Duration LOOK_BACK = Duration.ofDays(4);

    private final JdbcClient jdbc;

    LockedChanges(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Log change against the day before by the time at which it became known; of the largest protocol whose token the asset is, all
     * chains together.
     *
     * @param from when the first became known, inclusive
     */
    NavigableMap<Instant, Double> of(String asset, Instant from) {
        NavigableMap<Instant, Double> changes = new TreeMap<>();
        Figure[] before = new Figure[1];
        jdbc.sql("""
                SELECT DISTINCT ON (v.day) v.day, v.known_at, v.usd
                FROM locked_value v
                WHERE v.source = 'defillama' AND v.chain = '' AND v.usd > 0 AND v.known_at >= :from AND v.protocol_id = (
                  SELECT l.protocol_id FROM protocol_fact f JOIN locked_value l USING (protocol_id)
                  WHERE f.asset = :asset AND l.source = 'defillama' AND l.chain = ''
                  ORDER BY l.day DESC, l.usd DESC LIMIT 1)
                ORDER BY v.day, v.known_at
                """)
                .param("asset", asset)
                .param("from", from.atOffset(ZoneOffset.UTC))
                .query((ResultSet row) -> {
                    Figure figure = new Figure(
                            row.getObject("day", LocalDate.class),
                            row.getTimestamp("known_at").toInstant(),
                            row.getDouble("usd"));
                    figure.addChange(before[0], changes);
                    before[0] = figure;
                });
        return changes;
    }

    private record Figure(LocalDate day, Instant knownAt, double usd) {

        void addChange(@Nullable Figure before, NavigableMap<Instant, Double> changes) {
            if (before != null && before.day().plusDays(1).equals(day)) {
                changes.put(knownAt, Math.log(usd / before.usd()));
            }
        }
    }
}
