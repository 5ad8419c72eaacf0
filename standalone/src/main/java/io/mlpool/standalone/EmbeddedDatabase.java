package io.mlpool.standalone;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** PostgreSQL as a child process on a free loopback port; its data stay in the pool's home. */
final class EmbeddedDatabase implements AutoCloseable {

    private final EmbeddedPostgres postgres;

    private EmbeddedDatabase(EmbeddedPostgres postgres) {
        this.postgres = postgres;
    }

    /** Starts on these data, which are made on the first start and recovered after a crash. */
    static EmbeddedDatabase start(PoolHome home) {
        try {
            Files.createDirectories(home.folder());
            stopOrphan(home.database());
            Redirect log =
                    Redirect.appendTo(home.folder().resolve("postgres.log").toFile());
            return new EmbeddedDatabase(EmbeddedPostgres.builder()
                    .setDataDirectory(home.database())
                    .setCleanDataDirectory(false)
                    .setRegisterShutdownHook(false)
                    .setPGStartupWait(Duration.ofMinutes(2))
                    .setServerConfig("listen_addresses", "127.0.0.1")
                    .setServerConfig("fsync", "on")
                    .setServerConfig("synchronous_commit", "on")
                    .setServerConfig("shared_buffers", "256MB")
                    .setServerConfig("max_wal_size", "2GB")
                    .setOutputRedirector(log)
                    .setErrorRedirector(log)
                    .start());
        } catch (IOException e) {
            throw new MlpoolException(
                    "the embedded PostgreSQL did not start; what it said stands in %s"
                            .formatted(home.folder().resolve("postgres.log")),
                    e);
        }
    }

    String url() {
        return postgres.getJdbcUrl("postgres", "postgres");
    }

    @Override
    public void close() {
        try {
            postgres.close();
        } catch (IOException e) {
            throw new MlpoolException("the embedded PostgreSQL did not stop", e);
        }
    }

    /** A killed pool leaves its server running; the home's lock says that nobody else uses it. */
    private static void stopOrphan(Path data) throws IOException {
        Path pidFile = data.resolve("postmaster.pid");
        if (!Files.exists(pidFile)) {
            return;
        }
        long pid = Long.parseLong(Files.readAllLines(pidFile).getFirst().strip());
        ProcessHandle.of(pid)
                .filter(process -> process.info().command().orElse("").endsWith("postgres"))
                .ifPresent(process -> {
                    process.destroy();
                    process.onExit()
                            .orTimeout(30, java.util.concurrent.TimeUnit.SECONDS)
                            .join();
                });
    }
}
