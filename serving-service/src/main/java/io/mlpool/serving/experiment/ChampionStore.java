package io.mlpool.serving.experiment;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Whom the alias champion named at the last look, in PostgreSQL. */
final class ChampionStore {

    private final JdbcClient jdbc;

    ChampionStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    Optional<Integer> of(String model) {
        return jdbc.sql("SELECT version FROM model_champion WHERE model = :model")
                .param("model", model)
                .query(Integer.class)
                .optional();
    }

    void keep(String model, int version, Instant now) {
        jdbc.sql("""
                INSERT INTO model_champion (model, version, since) VALUES (:model, :version, :now)
                ON CONFLICT (model) DO UPDATE SET version = excluded.version, since = excluded.since
                WHERE model_champion.version <> excluded.version
                """)
                .param("model", model)
                .param("version", version)
                .param("now", now.atOffset(ZoneOffset.UTC))
                .update();
    }
}
