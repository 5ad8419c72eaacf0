package io.mlpool.anomaly;

import io.mlpool.anomaly.LockedChanges.Figure;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Reads from PostgreSQL what DefiLlama said is locked in the protocols of assets, each figure as it was told first. */
public final class LockedFigures {

    private static final int FETCH_SIZE = 10_000;

    /** Days before a time whose figures can matter for what becomes known then: those that say what is usual, and some that came late. */
    private static final int DAYS = 45;

    private LockedFigures() {}

    /**
     * The changes of some assets; one of which nothing is known is absent.
     *
     * @param from time after which changes became known that are wanted whole
     * @param until time until which they became known (inclusive)
     */
    public static Map<String, LockedChanges> changes(
            JdbcClient jdbc, Collection<String> assets, Instant from, Instant until) {
        Map<String, List<Figure>> figures = new HashMap<>();
        jdbc.sql("""
                SELECT p.asset, p.slug, first.day, first.known_at, first.usd
                FROM (
                  SELECT DISTINCT ON (f.protocol_id) f.protocol_id, f.asset, protocol.slug
                  FROM protocol_fact f JOIN protocol ON protocol.id = f.protocol_id
                  WHERE f.asset = ANY(:assets) AND f.known_at <= :until
                  ORDER BY f.protocol_id, f.known_at DESC) p
                CROSS JOIN LATERAL (
                  SELECT DISTINCT ON (day) day, known_at, usd FROM locked_value
                  WHERE source = 'defillama' AND protocol_id = p.protocol_id AND chain = ''
                    AND day >= :first AND known_at <= :until
                  ORDER BY day, known_at) first
                """)
                .withFetchSize(FETCH_SIZE)
                .param("assets", assets.toArray(String[]::new))
                .param("first", first(from))
                .param("until", until.atOffset(ZoneOffset.UTC))
                .query((RowCallbackHandler) row -> figures.computeIfAbsent(row.getString(1), asset -> new ArrayList<>())
                        .add(new Figure(
                                row.getString(2),
                                row.getObject(3, LocalDate.class),
                                row.getTimestamp(4).toInstant(),
                                row.getDouble(5))));
        Map<String, LockedChanges> changes = new HashMap<>();
        figures.forEach((asset, ofAsset) -> changes.put(asset, LockedChanges.of(ofAsset)));
        return changes;
    }

    private static LocalDate first(Instant from) {
        return LocalDate.ofInstant(from, ZoneOffset.UTC).minusDays(DAYS);
    }
}
