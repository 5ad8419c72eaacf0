package io.mlpool.ingest.runs;

import io.mlpool.ingest.IngestReport;
import io.mlpool.ingest.UnreadablePayloadException;
import io.mlpool.ingest.archive.ArchivedPayload;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/** Writes {@code ingest_run}: within the transaction of the candles when a payload was taken in, on its own when refused. */
public final class RunLog {

    private static final JsonMapper JSON = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
            .build();

    private final JdbcClient jdbc;

    public RunLog(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** The number of the next run, to be recorded with its report. */
    public long nextRun() {
        return jdbc.sql("SELECT nextval(pg_get_serial_sequence('ingest_run', 'id'))")
                .query(Long.class)
                .single();
    }

    public void done(IngestReport report) {
        jdbc.sql("""
                INSERT INTO ingest_run (id, source, payload, sha256, started_at, finished_at, status, report)
                OVERRIDING SYSTEM VALUE
                VALUES (:id, :source, :payload, :sha256, :startedAt, :finishedAt, 'done', :report::json)
                """)
                .params(columns(
                        report.source(), report.payload(), report.sha256(), report.startedAt(), report.finishedAt()))
                .param("id", report.runId())
                .param("report", JSON.writeValueAsString(report))
                .update();
    }

    public void refused(
            ArchivedPayload archived, Instant startedAt, Instant finishedAt, UnreadablePayloadException refusal) {
        jdbc.sql("""
                INSERT INTO ingest_run (source, payload, sha256, started_at, finished_at, status, problem)
                VALUES (:source, :payload, :sha256, :startedAt, :finishedAt, 'refused', :problem)
                """)
                .params(columns(
                        archived.payload().source(),
                        archived.payload().name(),
                        archived.sha256(),
                        startedAt,
                        finishedAt))
                .param("problem", refusal.getMessage())
                .update();
    }

    private static Map<String, Object> columns(
            String source, String payload, String sha256, Instant startedAt, Instant finishedAt) {
        Map<String, Object> columns = new HashMap<>();
        columns.put("source", source);
        columns.put("payload", payload);
        columns.put("sha256", sha256);
        columns.put("startedAt", startedAt.atOffset(ZoneOffset.UTC));
        columns.put("finishedAt", finishedAt.atOffset(ZoneOffset.UTC));
        return columns;
    }
}
