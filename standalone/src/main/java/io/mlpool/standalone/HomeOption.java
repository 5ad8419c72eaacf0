package io.mlpool.standalone;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Option;

/** The option that every command has: which pool. */
final class HomeOption {

    @Option(
            names = "--home",
            paramLabel = "DIR",
            description =
                    "Folder that holds the pool: database, raw archive, models, inbox, log. Default: $$MLPOOL_HOME or ~/.mlpool")
    private Path folder = defaultFolder();

    PoolHome home() {
        return new PoolHome(folder);
    }

    /** Where the pool in this home listens; empty when none runs there. */
    Optional<Ports> running() {
        return address()
                .map(address -> new Ports(
                        port(address, "serving"),
                        port(address, "ingest"),
                        port(address, "training"),
                        overTls(address)));
    }

    /** JDBC URL of the database of the pool that runs in this home; empty when none runs there. */
    Optional<String> runningDatabase() {
        return running("database");
    }

    /** Where the MLflow of the pool that runs in this home is; empty when none runs there. */
    Optional<String> runningMlflow() {
        return running("mlflow");
    }

    private Optional<String> running(String part) {
        return address().map(address -> address.getProperty(part, "")).filter(url -> !url.isEmpty());
    }

    private Optional<Properties> address() {
        PoolHome home = home();
        if (!Files.exists(home.address())) {
            return Optional.empty();
        }
        Properties address = new Properties();
        try (InputStream in = Files.newInputStream(home.address())) {
            address.load(in);
        } catch (IOException e) {
            throw new MlpoolException("cannot read " + home.address(), e);
        }
        return isAlive(address) ? Optional.of(address) : Optional.empty();
    }

    /** A file that is cut off tells of a pool that was killed while it wrote it. */
    private static boolean isAlive(Properties address) {
        try {
            port(address, "training");
            overTls(address);
            return ProcessHandle.of(Long.parseLong(address.getProperty("pid")))
                    .map(ProcessHandle::isAlive)
                    .orElse(false);
        } catch (NumberFormatException e) {
            return false;
        }
    }

    private static int port(Properties address, String service) {
        return Integer.parseInt(address.getProperty(service));
    }

    private static Set<Integer> overTls(Properties address) {
        return Stream.of(address.getProperty("tls", "").split(",", -1))
                .filter(port -> !port.isBlank())
                .map(Integer::valueOf)
                .collect(Collectors.toSet());
    }

    private static Path defaultFolder() {
        String home = System.getenv("MLPOOL_HOME");
        return home == null || home.isBlank() ? Path.of(System.getProperty("user.home"), ".mlpool") : Path.of(home);
    }
}
