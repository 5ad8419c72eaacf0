package io.mlpool.ingest.requests;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** How the last requests to a source went, told to people and shared by all replicas. */
public final class SourceHealth {

    private final String source;
    private final JdbcClient jdbc;
    private final Clock clock;

    /** @param source its name, {@code coingecko} */
    public SourceHealth(String source, JdbcClient jdbc, Clock clock) {
        this.source = source;
        this.jdbc = jdbc;
        this.clock = clock;
    }

    public void succeeded() {
        jdbc.sql("""
                INSERT INTO source_health (source, last_success) VALUES (:source, :now)
                ON CONFLICT (source) DO UPDATE SET last_success = excluded.last_success
                """)
                .param("source", source)
                .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                .update();
    }

    public void failed(String error) {
        jdbc.sql("""
                INSERT INTO source_health (source, last_error, last_error_at) VALUES (:source, :error, :now)
                ON CONFLICT (source) DO UPDATE
                SET last_error = excluded.last_error, last_error_at = excluded.last_error_at
                """)
                .param("source", source)
                .param("error", error)
                .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                .update();
    }

    /** Empty when nothing was asked yet. */
    public Optional<Report> report() {
        return jdbc.sql("SELECT last_success, last_error, last_error_at FROM source_health WHERE source = :source")
                .param("source", source)
                .query((row, n) ->
                        new Report(instant(row.getTimestamp(1)), row.getString(2), instant(row.getTimestamp(3))))
                .optional();
    }

    private static @Nullable Instant instant(java.sql.@Nullable Timestamp timestamp) {
        return timestamp == null ? null : timestamp.toInstant();
    }

    /**
     * What is known over all replicas.
     *
     * @param lastError in words, with what to do; also when a later request succeeded
     */
    public record Report(
            @Nullable Instant lastSuccess,
            @Nullable String lastError,
            @Nullable Instant lastErrorAt) {

        /** Whether the last request failed. */
        public boolean failing() {
            return lastErrorAt != null && (lastSuccess == null || lastErrorAt.isAfter(lastSuccess));
        }
    }
}
