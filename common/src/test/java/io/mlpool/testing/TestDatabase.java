package io.mlpool.testing;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * A fresh, migrated database on the one PostgreSQL of this test JVM. Its sessions run in a time zone that is neither UTC nor
 * the JVM's, so that code that forgets a zone fails here.
 */
public final class TestDatabase {

    private static final AtomicInteger COUNTER = new AtomicInteger();

    private final PGSimpleDataSource dataSource;

    private TestDatabase(PGSimpleDataSource dataSource) {
        this.dataSource = dataSource;
    }

    /** A new database; databases of other tests are not touched. */
    public static TestDatabase create() {
        String name = "test" + COUNTER.incrementAndGet();
        EmbeddedPostgres server = Server.INSTANCE;
        JdbcClient.create(server.getPostgresDatabase())
                .sql("CREATE DATABASE %s TEMPLATE %s".formatted(name, Server.MIGRATED))
                .update();
        return new TestDatabase(Server.database(server, name));
    }

    public DataSource dataSource() {
        return dataSource;
    }

    public JdbcClient jdbc() {
        return JdbcClient.create(dataSource);
    }

    /** For {@code spring.datasource.url}; the user is {@code postgres} without a password. */
    public String url() {
        return dataSource.getUrl();
    }

    private static final class Server {

        /** Migrated once, copied for every test. */
        static final String MIGRATED = "migrated";

        static final EmbeddedPostgres INSTANCE = start();

        static PGSimpleDataSource database(EmbeddedPostgres server, String name) {
            PGSimpleDataSource dataSource = new PGSimpleDataSource();
            dataSource.setUrl(server.getJdbcUrl("postgres", name));
            dataSource.setUser("postgres");
            dataSource.setOptions("-c TimeZone=Asia/Kathmandu");
            return dataSource;
        }

        private static EmbeddedPostgres start() {
            try {
                Path folder = Files.createTempDirectory("mlpool-postgres");
                EmbeddedPostgres server = EmbeddedPostgres.builder()
                        .setDataDirectory(folder)
                        .setCleanDataDirectory(false)
                        .setRegisterShutdownHook(false)
                        .setServerConfig("fsync", "off")
                        .setServerConfig("max_connections", "200")
                        .start();
                Runtime.getRuntime().addShutdownHook(new Thread(() -> end(server, folder)));
                JdbcClient.create(server.getPostgresDatabase())
                        .sql("CREATE DATABASE " + MIGRATED)
                        .update();
                Flyway.configure().dataSource(database(server, MIGRATED)).load().migrate();
                return server;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        /**
         * The databases of a module are tens of thousands of files. Who deletes them outlives this JVM: the build would wait
         * for it, and on a busy machine Surefire kills a JVM that needs 30 seconds to end.
         */
        private static void end(EmbeddedPostgres server, Path folder) {
            try {
                server.close();
                new ProcessBuilder("rm", "-rf", folder.toString())
                        .redirectOutput(Redirect.DISCARD)
                        .redirectError(Redirect.DISCARD)
                        .start();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
