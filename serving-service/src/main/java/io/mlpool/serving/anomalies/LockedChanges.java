package io.mlpool.serving.anomalies;

import java.sql.ResultSet;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** How the value locked in the protocol of an asset changed from day to day, as it became known. */
final class LockedChanges {

    /** Days before, of which a figure may be told anew: what was told first is known of so many. */
    private static final int DAYS = 45;

    private final JdbcClient jdbc;

    LockedChanges(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Log change against the day before by the time at which it became known; of the largest protocol whose token the asset is, all
     * chains together. A figure counts as it was told first: that it was revised later is no change.
     *
     * @param from when the first became known, inclusive
     */
    NavigableMap<Instant, Double> of(String asset, Instant from) {
        NavigableMap<Instant, Double> changes = new TreeMap<>();
        Figure[] before = new Figure[1];
        jdbc.sql("""
                SELECT DISTINCT ON (v.day) v.day, v.known_at, v.usd
                FROM locked_value v
                WHERE v.source = 'defillama' AND v.chain = '' AND v.usd > 0 AND v.day >= :first AND v.protocol_id = (
                  SELECT l.protocol_id FROM protocol_fact f JOIN locked_value l USING (protocol_id)
                  WHERE f.asset = :asset AND l.source = 'defillama' AND l.chain = ''
                  ORDER BY l.day DESC, l.usd DESC LIMIT 1)
                ORDER BY v.day, v.known_at
                """)
                .param("asset", asset)
                .param("first", LocalDate.ofInstant(from, ZoneOffset.UTC).minusDays(DAYS))
                .query((ResultSet row) -> {
                    Figure figure = new Figure(
                            row.getObject("day", LocalDate.class),
                            row.getTimestamp("known_at").toInstant(),
                            row.getDouble("usd"));
                    figure.addChange(before[0], changes);
                    before[0] = figure;
                });
        return changes.tailMap(from, true);
    }

    private record Figure(LocalDate day, Instant knownAt, double usd) {

        void addChange(@Nullable Figure before, NavigableMap<Instant, Double> changes) {
            if (before != null && before.day().plusDays(1).equals(day)) {
                Instant both = knownAt.isAfter(before.knownAt()) ? knownAt : before.knownAt();
                changes.put(both, Math.log(usd / before.usd()));
            }
        }
    }
}
