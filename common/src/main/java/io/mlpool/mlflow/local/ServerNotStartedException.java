package io.mlpool.mlflow.local;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

/** MLflow was started and ended, or did not answer in time. */
public final class ServerNotStartedException extends LocalMlflowException {

    private ServerNotStartedException(String what, Path log) {
        super("%s. The last lines of %s:%n%s".formatted(what, log, LogTail.of(log)));
    }

    ServerNotStartedException(Path folder, IOException cause) {
        super("MLflow cannot be started in %s: %s".formatted(folder, cause.getMessage()), cause);
    }

    static ServerNotStartedException ended(int code, Path log) {
        return new ServerNotStartedException("MLflow ended with code %d before it answered".formatted(code), log);
    }

    static ServerNotStartedException silent(Duration limit, Path log) {
        return new ServerNotStartedException(
                "MLflow did not answer within %d seconds".formatted(limit.toSeconds()), log);
    }
}
