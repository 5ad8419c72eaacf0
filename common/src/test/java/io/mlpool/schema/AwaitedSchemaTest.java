package io.mlpool.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mlpool.testing.TestDatabase;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

class AwaitedSchemaTest {

    private static final Duration PAUSE = Duration.ofMillis(10);

    private final TestDatabase database = TestDatabase.create();
    private final AwaitedSchema patient = new AwaitedSchema(Duration.ofSeconds(30), PAUSE);
    private final AwaitedSchema impatient = new AwaitedSchema(Duration.ofMillis(50), PAUSE);

    @Test
    void serviceGoesOnWhenTheJobHasMigrated() {
        Flyway fresh = inSchema("fresh", database.dataSource());
        CompletableFuture<Void> service = CompletableFuture.runAsync(() -> patient.migrate(fresh));
        assertThat(service).isNotDone();

        inSchema("fresh", database.dataSource()).migrate();

        assertThat(service).succeedsWithin(Duration.ofSeconds(20));
    }

    @Test
    void serviceWritesNothingAndSaysWhatIsMissing() {
        Flyway fresh = inSchema("fresh", database.dataSource());

        assertThatThrownBy(() -> impatient.migrate(fresh))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("it lacks version [1, 2, 2.1, 3")
                .hasMessageContaining("let the migration job run, or set mlpool.schema.migrate=true");
        assertThat(database.jdbc()
                        .sql("SELECT count(*) FROM pg_namespace WHERE nspname = 'fresh'")
                        .query(Integer.class)
                        .single())
                .isZero();
    }

    @Test
    void schemaThatIsNewerThanTheServiceIsTakenAsItIs() {
        database.jdbc().sql("""
                INSERT INTO flyway_schema_history (installed_rank, version, description, type, script, installed_by, execution_time, success)
                VALUES (999, '999', 'of next year', 'SQL', 'V999__of_next_year.sql', 'postgres', 1, true)
                """).update();

        assertThatCode(() -> impatient.migrate(
                        Flyway.configure().dataSource(database.dataSource()).load()))
                .doesNotThrowAnyException();
    }

    @Test
    void databaseThatIsAwayIsWaitedFor() {
        PGSimpleDataSource nobody = new PGSimpleDataSource();
        nobody.setUrl("jdbc:postgresql://127.0.0.1:1/mlpool");

        assertThatThrownBy(() -> impatient.migrate(inSchema("public", nobody)))
                .hasMessageContaining("nobody migrated the database in PT0.05S, it does not answer");
    }

    private static Flyway inSchema(String schema, DataSource dataSource) {
        return Flyway.configure().dataSource(dataSource).defaultSchema(schema).load();
    }
}
