package io.mlpool.serving.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mlpool.testing.TestDatabase;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class JobResultsTest {

    /** More than are read at a time. */
    private static final int ITEMS = 1_200;

    private final TestDatabase database = TestDatabase.create();
    private final JobResults results = new JobResults(database.jdbc());
    private final UUID job = UUID.fromString("11111111-2222-3333-4444-555555555555");
    private final List<Integer> written = new ArrayList<>();

    @BeforeEach
    void finishJob() {
        database.jdbc().sql("""
                        INSERT INTO batch_job (id, request, state, interval, horizons, assets, total, created_at)
                        VALUES (:job, '{}', 'succeeded', '1h', '{1h}', '{*}', :items, now())
                        """).param("job", job).param("items", ITEMS).update();
        database.jdbc().sql("""
                        INSERT INTO batch_job_result (job_id, item, asset, horizon, status, detail)
                        SELECT :job, n, 'coin' || n, '1h', 404, 'too short' FROM generate_series(0, :items - 1) n
                        """).param("job", job).param("items", ITEMS).update();
    }

    @Test
    void allItemsAreWrittenInTheirOrder() throws IOException {
        results.write(job, ITEMS, row -> written.add(row.item()));

        assertThat(written).isEqualTo(IntStream.range(0, ITEMS).boxed().toList());
    }

    @Test
    void resultThatIsRemovedWhileItIsReadDoesNotLookLikeTheWhole() {
        assertThatThrownBy(() -> results.write(job, ITEMS, row -> {
                    written.add(row.item());
                    remove();
                }))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("batch job %s was removed while its result was read", job);
        assertThat(written).isNotEmpty().hasSizeLessThan(ITEMS);
    }

    private void remove() {
        database.jdbc()
                .sql("DELETE FROM batch_job WHERE id = :job")
                .param("job", job)
                .update();
    }
}
