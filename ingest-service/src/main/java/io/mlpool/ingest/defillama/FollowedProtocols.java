package io.mlpool.ingest.defillama;

import io.mlpool.protocols.Protocol;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The protocols whose histories are kept: those whose token is an asset that the pool holds candles of. DefiLlama often tells the token
 * only with the parent, which is in no list; so parents are asked whose name or whose child's symbol is that of a held asset, and
 * their own answer says whose token it is.
 */
final class FollowedProtocols {

    private final JdbcClient jdbc;

    FollowedProtocols(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Those whose history was not read since {@code since} (inclusive), by slug. */
    List<String> due(Instant since) {
        return jdbc
                .sql("""
                WITH held AS (
                  SELECT id, lower(symbol) AS symbol FROM asset a
                  WHERE EXISTS (SELECT FROM series s JOIN candle c ON c.series_id = s.id WHERE s.asset = a.id)),
                newest AS (
                  SELECT DISTINCT ON (protocol_id) p.slug, f.fact, f.asset
                  FROM protocol_fact f JOIN protocol p ON p.id = f.protocol_id ORDER BY protocol_id, known_at DESC),
                followed AS (
                  SELECT slug FROM newest JOIN held ON held.id = newest.asset WHERE fact ->> 'id' IS NOT NULL
                  UNION
                  SELECT substr(fact ->> 'parent', 8) FROM newest
                  JOIN held ON held.id = substr(fact ->> 'parent', 8) OR held.symbol = lower(fact ->> 'symbol')
                  WHERE fact ->> 'parent' LIKE 'parent#_%')
                SELECT slug FROM followed
                WHERE NOT EXISTS (
                  SELECT FROM protocol_feed WHERE feed = :feed AND subject = followed.slug AND read_at >= :since)
                ORDER BY slug COLLATE "C"
                """)
                .param("feed", DefiLlamaSource.HISTORY)
                .param("since", since.atOffset(ZoneOffset.UTC))
                .query(String.class)
                .list()
                .stream()
                .filter(Protocol::isSlug)
                .toList();
    }
}
