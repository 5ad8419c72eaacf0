package io.mlpool.serving.experiment;

import io.mlpool.market.Interval;
import io.mlpool.model.Horizon;
import io.mlpool.serving.paging.Cursor;
import io.mlpool.serving.paging.Page;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/** Experiments in PostgreSQL. Each step of a life is one statement that only takes who is where the step begins. */
final class ExperimentStore {

    private static final String LIST = "experiments";
    private static final JsonMapper JSON = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .build();

    private final JdbcClient jdbc;

    ExperimentStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Begins it; nothing happens when its id is taken, or when another experiment of its model is not over. */
    void begin(Experiment experiment) {
        try {
            jdbc.sql("""
                    INSERT INTO experiment (id, model, kind, interval, horizons, control, challenger, terms, salt, purpose, begun_at, begun_by,
                                            first_as_of, block_seconds, state)
                    VALUES (:id, :model, :kind, :interval, :horizons, :control, :challenger, :terms::jsonb, :salt, :purpose, :begun, :by,
                            :first, :block, 'running')
                    ON CONFLICT (id) DO NOTHING
                    """)
                    .param("id", experiment.id())
                    .param("model", experiment.model())
                    .param("kind", experiment.kind().label())
                    .param("interval", experiment.interval().label())
                    .param(
                            "horizons",
                            experiment.horizons().stream().map(Horizon::label).toArray(String[]::new))
                    .param("control", experiment.control())
                    .param("challenger", experiment.challenger())
                    .param("terms", JSON.writeValueAsString(experiment.terms()))
                    .param("salt", experiment.salt())
                    .param("purpose", experiment.purpose())
                    .param("begun", experiment.begunAt().atOffset(ZoneOffset.UTC))
                    .param("by", experiment.begunBy())
                    .param("first", experiment.firstAsOf().atOffset(ZoneOffset.UTC))
                    .param("block", experiment.block().toSeconds())
                    .update();
        } catch (DuplicateKeyException _) {
            // One of its model is not over: who asked finds that its own is not there.
        }
    }

    Optional<Experiment> find(String id) {
        return jdbc.sql("SELECT * FROM experiment WHERE id = :id")
                .param("id", id)
                .query((row, n) -> experiment(row))
                .optional();
    }

    /** Of all models, those that are not over. */
    List<Experiment> open() {
        return jdbc.sql("SELECT * FROM experiment WHERE state IN ('running', 'promoting') ORDER BY model")
                .query((row, n) -> experiment(row))
                .list();
    }

    /** The one of this model that is not over. */
    Optional<Experiment> ofModel(String model) {
        return open().stream().filter(one -> one.model().equals(model)).findFirst();
    }

    /** All, newest first, behind the cursor. */
    Page<Experiment> page(@Nullable String cursorText, int limit) {
        Cursor cursor = Cursor.read(LIST, 2, cursorText);
        List<Experiment> found = jdbc.sql("""
                SELECT * FROM experiment
                WHERE :begun::timestamptz IS NULL OR begun_at < :begun::timestamptz OR (begun_at = :begun::timestamptz AND id > :id)
                ORDER BY begun_at DESC, id LIMIT :limit
                """)
                .param("begun", cursor == null ? null : cursor.time(0).toString())
                .param("id", cursor == null ? "" : cursor.string(1))
                .param("limit", limit + 1)
                .query((row, n) -> experiment(row))
                .list();
        return Page.of(found, limit, last -> Cursor.after(LIST, last.begunAt(), last.id()));
    }

    /** Whether life has told of a version already: an experiment promoted it, or a watch put the one before it back. */
    boolean isDecided(String model, int version) {
        return jdbc.sql("""
                SELECT EXISTS (SELECT FROM experiment
                               WHERE model = :model AND state IN ('promoting', 'promoted')
                                 AND (challenger = :version OR (control = :version AND kind = 'watch')))
                """)
                .param("model", model)
                .param("version", version)
                .query(Boolean.class)
                .single();
    }

    /** Writes how it stands, while it runs. */
    void keep(String id, Standings standings) {
        jdbc.sql("UPDATE experiment SET standings = :standings::jsonb WHERE id = :id AND state = 'running'")
                .param("standings", JSON.writeValueAsString(standings))
                .param("id", id)
                .update();
    }

    /** Writes who won; the first one stays. */
    void win(String id, Arm winner, Instant at) {
        jdbc.sql(
                        "UPDATE experiment SET winner = :winner, won_at = :at WHERE id = :id AND state = 'running' AND winner IS NULL")
                .param("winner", winner.label())
                .param("at", at.atOffset(ZoneOffset.UTC))
                .param("id", id)
                .update();
    }

    /** Begins the promotion of a running one; says whether it did. */
    boolean beginPromotion(String id, String by, String outcome) {
        return jdbc.sql("""
                UPDATE experiment SET state = 'promoting', ended_by = :by, outcome = :outcome WHERE id = :id AND state = 'running'
                """)
                        .param("by", by)
                        .param("outcome", outcome)
                        .param("id", id)
                        .update()
                > 0;
    }

    /** Ends a promotion: the challenger is the champion. */
    void promoted(String id, Instant at) {
        jdbc.sql("UPDATE experiment SET state = 'promoted', ended_at = :at WHERE id = :id AND state = 'promoting'")
                .param("at", at.atOffset(ZoneOffset.UTC))
                .param("id", id)
                .update();
    }

    /** Ends one without a promotion, if it is where it is thought to be. */
    void stop(String id, ExperimentState from, String by, String outcome, Instant at) {
        jdbc.sql("""
                UPDATE experiment SET state = 'stopped', ended_at = :at, ended_by = :by, outcome = :outcome WHERE id = :id AND state = :from
                """)
                .param("from", from.label())
                .param("at", at.atOffset(ZoneOffset.UTC))
                .param("by", by)
                .param("outcome", outcome)
                .param("id", id)
                .update();
    }

    private static Experiment experiment(ResultSet row) throws SQLException {
        String standings = row.getString("standings");
        String winner = row.getString("winner");
        return new Experiment(
                row.getString("id"),
                row.getString("model"),
                Kind.of(row.getString("kind")),
                Interval.of(row.getString("interval")),
                Stream.of((String[]) row.getArray("horizons").getArray())
                        .map(Horizon::of)
                        .toList(),
                row.getInt("control"),
                row.getInt("challenger"),
                JSON.readValue(row.getString("terms"), Terms.class),
                row.getString("salt"),
                row.getString("purpose"),
                row.getTimestamp("begun_at").toInstant(),
                row.getString("begun_by"),
                row.getTimestamp("first_as_of").toInstant(),
                Duration.ofSeconds(row.getLong("block_seconds")),
                ExperimentState.of(row.getString("state")),
                winner == null ? null : Arm.of(winner),
                instant(row, "won_at"),
                standings == null ? null : JSON.readValue(standings, Standings.class),
                instant(row, "ended_at"),
                row.getString("ended_by"),
                row.getString("outcome"));
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        Timestamp time = row.getTimestamp(column);
        return time == null ? null : time.toInstant();
    }
}
