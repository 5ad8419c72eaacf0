package io.mlpool.training.run;

import io.mlpool.training.pipeline.RunEvent;
import io.mlpool.training.pipeline.RunJson;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What happened in runs, in order, for those who follow them. */
final class RunJournal {

    private final JdbcClient jdbc;
    private final Clock clock;

    RunJournal(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    void add(String run, RunEvent event) {
        jdbc.sql("INSERT INTO training_event (run_id, at, kind, content) VALUES (:run, :at, :kind, :content::json)")
                .param("run", run)
                .param("at", clock.instant().atOffset(ZoneOffset.UTC))
                .param("kind", EventKind.of(event).label())
                .param("content", RunJson.MAPPER.writeValueAsString(event))
                .update();
    }

    /** Oldest first; after 0 come all. */
    List<RecordedEvent> after(String run, long last) {
        return jdbc.sql("SELECT * FROM training_event WHERE run_id = :run AND id > :last ORDER BY id")
                .param("run", run)
                .param("last", last)
                .query((row, n) -> RecordedEvent.read(
                        row.getLong("id"),
                        row.getString("kind"),
                        row.getString("content"),
                        row.getTimestamp("at").toInstant()))
                .list();
    }
}
