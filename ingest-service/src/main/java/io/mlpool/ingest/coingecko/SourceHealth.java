package io.mlpool.ingest.coingecko;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** How the last requests went, told to people and shared by all replicas. */
final class SourceHealth {

    private final JdbcClient jdbc;
    private final Clock clock;

    SourceHealth(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    void succeeded() {
        jdbc.sql("""
                INSERT INTO source_health (source, last_success) VALUES (:source, :now)
                ON CONFLICT (source) DO UPDATE SET last_success = excluded.last_success
                """)
                .param("source", CoinGeckoSource.NAME)
                .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                .update();
    }

    void failed(String error) {
        jdbc.sql("""
                INSERT INTO source_health (source, last_error, last_error_at) VALUES (:source, :error, :now)
                ON CONFLICT (source) DO UPDATE
                SET last_error = excluded.last_error, last_error_at = excluded.last_error_at
                """)
                .param("source", CoinGeckoSource.NAME)
                .param("error", error)
                .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                .update();
    }

    Optional<Report> report() {
        return jdbc.sql("SELECT last_success, last_error, last_error_at FROM source_health WHERE source = :source")
                .param("source", CoinGeckoSource.NAME)
                .query((row, n) ->
                        new Report(instant(row.getTimestamp(1)), row.getString(2), instant(row.getTimestamp(3))))
                .optional();
    }

    private static @Nullable Instant instant(java.sql.@Nullable Timestamp timestamp) {
        return timestamp == null ? null : timestamp.toInstant();
    }

    record Report(
            @Nullable Instant lastSuccess,
            @Nullable String lastError,
            @Nullable Instant lastErrorAt) {}
}
