package io.mlpool.ingest.runs;

import io.mlpool.errors.RefusedException;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What was taken in and what was refused. */
@RestController
@Tag(name = "runs")
class Runs {

    private static final int MOST = 1000;

    private final JdbcClient jdbc;

    Runs(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** The newest runs first; {@code before} is the last {@code run_id} of the page before. */
    @GetMapping("/runs")
    List<Run> runs(
            @RequestParam(defaultValue = "50") int limit, @RequestParam(required = false) @Nullable Long before) {
        return jdbc.sql("""
                SELECT id, source, payload, sha256, started_at, finished_at, status, report -> 'rows' AS rows, problem
                FROM ingest_run WHERE id < :before ORDER BY id DESC LIMIT :limit
                """)
                .param("before", before == null ? Long.MAX_VALUE : before)
                .param("limit", Math.clamp(limit, 1, MOST))
                .query((row, n) -> run(row))
                .list();
    }

    /** The whole report, or for a refused payload what {@code GET /runs} says. */
    @GetMapping(path = "/runs/{id}", produces = MediaType.APPLICATION_JSON_VALUE)
    Object run(@PathVariable long id) {
        return jdbc.sql("""
                SELECT id, source, payload, sha256, started_at, finished_at, status, report -> 'rows' AS rows, problem, report
                FROM ingest_run WHERE id = :id
                """)
                .param("id", id)
                .query((row, n) -> row.getString("report") == null ? run(row) : row.getString("report"))
                .optional()
                .orElseThrow(() -> RefusedException.notFound("no run has number " + id));
    }

    private static Run run(ResultSet row) throws SQLException {
        return new Run(
                row.getLong("id"),
                row.getString("source"),
                row.getString("payload"),
                row.getString("sha256"),
                row.getTimestamp("started_at").toInstant(),
                row.getTimestamp("finished_at").toInstant(),
                row.getString("status"),
                row.getString("rows"),
                row.getString("problem"));
    }
}
