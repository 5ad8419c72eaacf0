package io.mlpool.serving.alert.silence;

import io.mlpool.serving.paging.Cursor;
import io.mlpool.serving.paging.Page;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.json.JsonMapper;

/** Silences in PostgreSQL. */
public final class SilenceStore {

    private static final String LIST = "silences";
    private static final JsonMapper JSON = JsonMapper.shared();

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final Clock clock;

    public SilenceStore(JdbcClient jdbc, TransactionTemplate transaction, Clock clock) {
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.clock = clock;
    }

    /** Adds it, unless there is one of its id; says whether it did. */
    public boolean add(Silence silence) {
        return jdbc.sql("""
                INSERT INTO alert_silence (id, matchers, starts_at, ends_at, created_by, reason, created_at)
                VALUES (:id, :matchers::jsonb, :starts::timestamptz, :ends::timestamptz, :by, :reason, :now::timestamptz)
                ON CONFLICT (id) DO NOTHING
                """)
                        .param("id", silence.id())
                        .param("matchers", JSON.writeValueAsString(silence.matchers()))
                        .param("starts", silence.startsAt().toString())
                        .param("ends", silence.endsAt().toString())
                        .param("by", silence.createdBy())
                        .param("reason", silence.reason())
                        .param("now", silence.createdAt().toString())
                        .update()
                > 0;
    }

    public Optional<Silence> find(UUID id) {
        return jdbc.sql("SELECT * FROM alert_silence WHERE id = :id")
                .param("id", id)
                .query((row, n) -> silence(row))
                .optional();
    }

    /** Those that hide something at this moment. */
    public List<Silence> active() {
        return jdbc.sql("""
                SELECT * FROM alert_silence WHERE starts_at <= :now::timestamptz AND ends_at > :now::timestamptz
                """)
                .param("now", clock.instant().toString())
                .query((row, n) -> silence(row))
                .list();
    }

    /** All, that which ends last first, behind the cursor. */
    public Page<Silence> page(@Nullable String cursorText, int limit) {
        Cursor cursor = Cursor.read(LIST, 2, cursorText);
        List<Silence> found = jdbc.sql("""
                SELECT * FROM alert_silence WHERE :ends::timestamptz IS NULL OR (ends_at, id) < (:ends::timestamptz, :id::uuid)
                ORDER BY ends_at DESC, id DESC LIMIT :limit
                """)
                .param("ends", cursor == null ? null : cursor.time(0).toString())
                .param("id", cursor == null ? null : cursor.uuid(1).toString())
                .param("limit", limit + 1)
                .query((row, n) -> silence(row))
                .list();
        return Page.of(found, limit, silence -> Cursor.after(LIST, silence.endsAt(), silence.id()));
    }

    /** Ends it now, if it has not ended; what it kept back is looked at again. */
    public void end(UUID id) {
        transaction.executeWithoutResult(status -> {
            int ended = jdbc.sql("""
                    UPDATE alert_silence SET ends_at = greatest(starts_at, :now::timestamptz)
                    WHERE id = :id AND ends_at > :now::timestamptz
                    """)
                    .param("id", id)
                    .param("now", clock.instant().toString())
                    .update();
            if (ended > 0) {
                jdbc.sql("UPDATE alert_outbox SET held_until = :now::timestamptz WHERE held_until > :now::timestamptz")
                        .param("now", clock.instant().toString())
                        .update();
            }
        });
    }

    /** Removes those that ended before this time. */
    public int remove(Instant before) {
        return jdbc.sql("DELETE FROM alert_silence WHERE ends_at < :before::timestamptz")
                .param("before", before.toString())
                .update();
    }

    private static Silence silence(ResultSet row) throws SQLException {
        return new Silence(
                row.getObject("id", UUID.class),
                List.of(JSON.readValue(row.getString("matchers"), Matcher[].class)),
                row.getTimestamp("starts_at").toInstant(),
                row.getTimestamp("ends_at").toInstant(),
                row.getString("created_by"),
                row.getString("reason"),
                row.getTimestamp("created_at").toInstant());
    }
}
