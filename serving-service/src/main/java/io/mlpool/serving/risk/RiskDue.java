package io.mlpool.serving.risk;

import io.mlpool.risk.RiskDefinition;
import io.mlpool.serving.market.Patience;
import io.mlpool.serving.market.RecentCandles;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Which assets a model is to be asked about now: those with a candle, or a figure of what is locked, that is newer than their
 * newest score. Of the past that nobody scored only the newest is due.
 */
final class RiskDue {

    private final JdbcClient jdbc;
    private final RecentCandles candles;
    private final Patience patience;
    private final Clock clock;
    private final Map<String, Map<String, Instant>> inVain = new HashMap<>();

    RiskDue(JdbcClient jdbc, RecentCandles candles, Patience patience, Clock clock) {
        this.jdbc = jdbc;
        this.candles = candles;
        this.patience = patience;
        this.clock = clock;
    }

    /** Assets and the times that they are to be looked at as of, none in the future: more could become known by then. */
    Map<String, Instant> of(RiskScore.Model model, RiskDefinition definition) {
        Map<String, Instant> closes = candles.newestCloses(definition.interval());
        Map<String, Instant> locked = newestLocked();
        Map<String, Instant> scored = scored(model);
        Map<String, Instant> refused = inVain.computeIfAbsent(model.name() + model.variant(), key -> new HashMap<>());
        Map<String, Instant> due = new HashMap<>();
        Instant now = clock.instant();
        closes.forEach((asset, close) -> {
            Instant asOf = later(close, locked.getOrDefault(asset, Instant.MIN));
            if (!asOf.isAfter(now) && isNew(asOf, scored.get(asset)) && isNew(asOf, refused.get(asset))) {
                due.put(asset, asOf);
            }
        });
        Set<String> ready = patience.ready(definition.interval(), definition.market(), due.keySet(), closes);
        return due.entrySet().stream()
                .filter(one -> ready.contains(one.getKey()))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /** Too little is known of these: they are not due again before something new is. */
    void inVain(RiskScore.Model model, Map<String, Instant> asked) {
        inVain.computeIfAbsent(model.name() + model.variant(), key -> new HashMap<>())
                .putAll(asked);
    }

    private static boolean isNew(Instant asOf, @Nullable Instant before) {
        return before == null || asOf.isAfter(before);
    }

    /** Whole seconds, and none of what became known within the second is missed. */
    private static Instant later(Instant close, Instant known) {
        Instant whole = known.truncatedTo(ChronoUnit.SECONDS);
        Instant from = whole.equals(known) ? known : whole.plusSeconds(1);
        return from.isAfter(close) ? from : close;
    }

    /** What the champion said as the challenger is said again. */
    private Map<String, Instant> scored(RiskScore.Model model) {
        Map<String, Instant> newest = new HashMap<>();
        jdbc.sql("""
                SELECT a.id, s.as_of FROM asset a CROSS JOIN LATERAL (
                  SELECT as_of FROM risk_score
                  WHERE model = :model AND version = :version AND asset = a.id
                    AND (variant = 'champion' OR :variant <> 'champion')
                  ORDER BY as_of DESC LIMIT 1) s
                """)
                .param("model", model.name())
                .param("version", model.version())
                .param("variant", model.variant())
                .query(row -> {
                    newest.put(row.getString(1), row.getTimestamp(2).toInstant());
                });
        return newest;
    }

    /** When the figure of the newest day became known, for each asset whose protocol, or its parent, has one. */
    private Map<String, Instant> newestLocked() {
        Map<String, Instant> newest = new HashMap<>();
        jdbc.sql("""
                WITH fact AS (
                  SELECT DISTINCT ON (protocol_id) protocol_id, asset, defillama_id, fact ->> 'parent' AS parent
                  FROM protocol_fact ORDER BY protocol_id, known_at DESC),
                token AS (
                  SELECT f.protocol_id, COALESCE(f.asset, p.asset) AS asset
                  FROM fact f LEFT JOIN fact p ON p.defillama_id = f.parent)
                SELECT t.asset, max(v.known_at) FROM token t CROSS JOIN LATERAL (
                  SELECT known_at FROM locked_value
                  WHERE source = 'defillama' AND protocol_id = t.protocol_id AND chain = ''
                  ORDER BY day DESC, known_at DESC LIMIT 1) v
                WHERE t.asset IS NOT NULL GROUP BY t.asset
                """).query(row -> {
            newest.put(row.getString(1), row.getTimestamp(2).toInstant());
        });
        return newest;
    }
}
