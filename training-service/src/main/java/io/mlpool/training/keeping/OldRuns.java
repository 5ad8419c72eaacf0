package io.mlpool.training.keeping;

import io.mlpool.training.pipeline.TrainingSpec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.util.FileSystemUtils;

/** What runs left: a folder with checkpoints, bundle and report, and rows. Those of studies keep their rows. */
final class OldRuns {

    private static final int MOST_AT_ONCE = 1_000;

    private final Path folders;
    private final JdbcClient jdbc;

    /** @param folders that has a folder for each run */
    OldRuns(Path folders, JdbcClient jdbc) {
        this.folders = folders;
        this.jdbc = jdbc;
    }

    /** Deletes what a run left; one that is not over, or is not ours, stays. */
    void delete(String runId) {
        boolean open = jdbc.sql(
                        "SELECT EXISTS (SELECT FROM training_run WHERE id = :id AND state IN ('queued', 'running'))")
                .param("id", runId)
                .query(Boolean.class)
                .single();
        if (!open && TrainingSpec.isRunId(runId)) {
            deleteFolder(runId);
            jdbc.sql("DELETE FROM training_run WHERE id = :id AND study IS NULL")
                    .param("id", runId)
                    .update();
        }
    }

    /** Deletes what runs left that were over before this time without a version. */
    void deleteFruitless(Instant before) {
        jdbc.sql("""
                SELECT id FROM training_run
                WHERE state IN ('failed', 'cancelled') AND version IS NULL AND study IS NULL AND finished_at < :before
                ORDER BY finished_at LIMIT :most
                """)
                .param("before", before.atOffset(ZoneOffset.UTC))
                .param("most", MOST_AT_ONCE)
                .query(String.class)
                .list()
                .forEach(this::delete);
    }

    private void deleteFolder(String runId) {
        try {
            FileSystemUtils.deleteRecursively(folders.resolve(runId));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot delete what run %s left".formatted(runId), e);
        }
    }
}
