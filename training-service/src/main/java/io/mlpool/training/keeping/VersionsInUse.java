package io.mlpool.training.keeping;

import io.mlpool.registry.ModelAliases;
import io.mlpool.registry.ModelRegistry;
import java.sql.ResultSet;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Versions that somebody needs: aliases point to them, an experiment compares them, one was the champion just now, or forecasts of them are still open. */
final class VersionsInUse {

    private final ModelRegistry registry;
    private final JdbcClient jdbc;

    VersionsInUse(ModelRegistry registry, JdbcClient jdbc) {
        this.registry = registry;
        this.jdbc = jdbc;
    }

    /** @param version of the model */
    record Use(String model, int version) {}

    Set<Use> at(Instant now) {
        Set<Use> used = new HashSet<>();
        for (ModelAliases aliases : registry.aliases()) {
            aliases.targets().values().forEach(version -> used.add(new Use(aliases.model(), version)));
        }
        jdbc.sql("""
                SELECT model, control AS version FROM experiment WHERE state IN ('running', 'promoting')
                UNION SELECT model, challenger FROM experiment WHERE state IN ('running', 'promoting')
                UNION SELECT model, version FROM model_champion
                UNION SELECT model, version FROM forecast_measure m
                WHERE EXISTS (SELECT FROM forecast f WHERE f.model = m.model AND f.version = m.version AND f.horizon = m.horizon
                              AND f.as_of > :now - m.seconds * interval '1 second' - interval '1 day')
                """).param("now", now.atOffset(ZoneOffset.UTC)).query((ResultSet row) -> {
            used.add(new Use(row.getString("model"), row.getInt("version")));
        });
        return used;
    }
}
