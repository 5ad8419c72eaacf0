package io.mlpool.mlflow.local;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How a local server is started.
 *
 * @param folder holds its database, artifacts and log; made when it is not there
 * @param port on 127.0.0.1
 * @param administrator who may do everything when the server asks for a password; empty: it asks for none
 * @param allowedHosts values of the header {@code Host} that are answered, as MLflow takes them ({@code mlflow:5000},
 *     {@code *.example.com}); empty: MLflow's default, which has localhost
 * @param patience how long the start may take
 */
public record MlflowSetup(
        Path folder, int port, Optional<Account> administrator, List<String> allowedHosts, Duration patience) {

    /**
     * Who signs in.
     *
     * @param password at least 12 characters, MLflow refuses shorter ones
     */
    public record Account(String user, String password) {

        public Account {
            if (password.length() < 12) {
                throw new IllegalArgumentException(
                        "password must have at least 12 characters, found %d".formatted(password.length()));
            }
        }

        /** Without the password: records are printed into logs. */
        @Override
        public String toString() {
            return "Account[user=%s]".formatted(user);
        }
    }

    public MlflowSetup {
        folder = folder.toAbsolutePath().normalize();
        if (port < 1 || port > 65535) {
            throw new IllegalArgumentException("port must be from 1 to 65535, found " + port);
        }
        allowedHosts = List.copyOf(allowedHosts);
    }

    /** Open to every process of this machine, as MLflow is by default. */
    public static MlflowSetup in(Path folder, int port) {
        return new MlflowSetup(folder, port, Optional.empty(), List.of(), Duration.ofMinutes(2));
    }

    /** The same with a password asked for (MLflow's basic-auth app). */
    public MlflowSetup withAdministrator(String user, String password) {
        return new MlflowSetup(folder, port, Optional.of(new Account(user, password)), allowedHosts, patience);
    }

    /** The same, answering only to these hosts. */
    public MlflowSetup withAllowedHosts(String... hosts) {
        return new MlflowSetup(folder, port, administrator, List.of(hosts), patience);
    }

    /** The same with another limit to its start. */
    public MlflowSetup withPatience(Duration limit) {
        return new MlflowSetup(folder, port, administrator, allowedHosts, limit);
    }

    Path log() {
        return folder.resolve("mlflow.log");
    }
}
