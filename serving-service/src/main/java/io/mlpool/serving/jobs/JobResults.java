package io.mlpool.serving.jobs;

import java.io.IOException;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Reads results a few hundred items at a time, each time by their key. A result that is there does not change, so no transaction
 * has to span the pages, and a slow reader at the other end holds neither memory nor one of the few connections.
 */
final class JobResults {

    private static final int PAGE = 500;

    private final JdbcClient jdbc;

    JobResults(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** The levels of all versions that answered, lowest first. */
    List<Double> levels(UUID job) {
        return jdbc.sql(
                        "SELECT DISTINCT level FROM batch_job_chunk, unnest(levels) level WHERE job_id = :job ORDER BY level")
                .param("job", job)
                .query(Double.class)
                .list();
    }

    /**
     * Writes all items in their order.
     *
     * @throws IllegalStateException when they were removed meanwhile: what was written must not look like the whole
     */
    void write(UUID job, int items, ResultWriter writer) throws IOException {
        int last = -1;
        for (List<ResultRow> page = after(job, last); !page.isEmpty(); page = after(job, last)) {
            for (ResultRow row : page) {
                writer.write(row);
            }
            last = page.getLast().item();
        }
        if (last < items - 1) {
            throw new IllegalStateException("batch job %s was removed while its result was read".formatted(job));
        }
    }

    private List<ResultRow> after(UUID job, int item) {
        return jdbc.sql("""
                SELECT item, asset, horizon, prediction, status, detail FROM batch_job_result
                WHERE job_id = :job AND item > :item ORDER BY item LIMIT :limit
                """)
                .param("job", job)
                .param("item", item)
                .param("limit", PAGE)
                .query((row, n) -> new ResultRow(
                        row.getInt("item"),
                        row.getString("asset"),
                        row.getString("horizon"),
                        row.getString("prediction"),
                        (Integer) row.getObject("status"),
                        row.getString("detail")))
                .list();
    }
}
