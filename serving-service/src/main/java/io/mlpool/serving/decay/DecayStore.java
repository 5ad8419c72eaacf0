package io.mlpool.serving.decay;

import java.time.Instant;
import java.time.ZoneOffset;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What was found, in PostgreSQL: once as long as it lasts, however often and by whom it is looked. */
final class DecayStore {

    private final JdbcClient jdbc;

    DecayStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Says whether it was not known. */
    boolean begin(String model, int version, Decay kind, String summary, Instant now) {
        return jdbc.sql("""
                INSERT INTO model_decay (model, version, kind, found_at, summary) VALUES (:model, :version, :kind, :now, :summary)
                ON CONFLICT (model, version, kind) WHERE ended_at IS NULL DO NOTHING
                """)
                        .param("model", model)
                        .param("version", version)
                        .param("kind", kind.label())
                        .param("now", now.atOffset(ZoneOffset.UTC))
                        .param("summary", summary)
                        .update()
                > 0;
    }

    /** It is no longer so. */
    void end(String model, int version, Decay kind, Instant now) {
        jdbc.sql("""
                UPDATE model_decay SET ended_at = :now WHERE model = :model AND version = :version AND kind = :kind AND ended_at IS NULL
                """)
                .param("now", now.atOffset(ZoneOffset.UTC))
                .param("model", model)
                .param("version", version)
                .param("kind", kind.label())
                .update();
    }

    /** What stands against other versions than the one that is live is over. */
    void endOthers(String model, int version, Instant now) {
        jdbc.sql(
                        "UPDATE model_decay SET ended_at = :now WHERE model = :model AND version <> :version AND ended_at IS NULL")
                .param("now", now.atOffset(ZoneOffset.UTC))
                .param("model", model)
                .param("version", version)
                .update();
    }
}
