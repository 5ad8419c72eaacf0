package io.mlpool.ingest.protocols;

import java.time.Instant;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** When each feed was last read. */
final class FeedTable {

    private final JdbcClient jdbc;

    FeedTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Keeps other writers out until the transaction ends: versions of a fact follow one another. */
    void lock() {
        jdbc.sql("SELECT pg_advisory_xact_lock(hashtext('protocol_feed'))")
                .query((row, n) -> 0)
                .single();
    }

    /** Since when facts of a payload are known; a payload that is older than what was read last is read as it would have been then. */
    Dating dating(@Nullable Feed feed, Instant fetchedAt) {
        return new Dating(fetchedAt, feed == null ? null : lastRead(feed, fetchedAt));
    }

    void read(@Nullable Feed feed, Instant fetchedAt) {
        if (feed != null) {
            jdbc.sql("""
                    INSERT INTO protocol_feed (feed, subject, read_at) VALUES (:feed, :subject, :fetched)
                    ON CONFLICT (feed, subject) DO UPDATE SET read_at = GREATEST(protocol_feed.read_at, excluded.read_at)
                    """)
                    .param("feed", feed.name())
                    .param("subject", feed.subject())
                    .param("fetched", fetchedAt.atOffset(ZoneOffset.UTC))
                    .update();
        }
    }

    private @Nullable Instant lastRead(Feed feed, Instant fetchedAt) {
        return jdbc.sql(
                        "SELECT read_at FROM protocol_feed WHERE feed = :feed AND subject = :subject AND read_at < :fetched")
                .param("feed", feed.name())
                .param("subject", feed.subject())
                .param("fetched", fetchedAt.atOffset(ZoneOffset.UTC))
                .query((row, n) -> row.getTimestamp("read_at").toInstant())
                .optional()
                .orElse(null);
    }
}
