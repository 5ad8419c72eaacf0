package io.mlpool.mlflow.local;

import java.io.IOException;
import java.nio.file.Path;

/** MLflow could not be installed; nothing half done stays in use. */
public final class InstallationFailedException extends LocalMlflowException {

    InstallationFailedException(String what, Path environment, Path log) {
        super("""
                %s failed for MLflow in %s. The last lines of %s:
                %s
                Mend that and try again. Packages come from where pip is told to look: a proxy or another index is set by HTTPS_PROXY, \
                PIP_INDEX_URL or pip.conf. Another place for the environment is set by MLPOOL_CACHE.""".formatted(what, environment, log, LogTail.of(log)));
    }

    InstallationFailedException(Path environment, IOException cause) {
        super(
                "cannot write %s (%s); free the disk or set MLPOOL_CACHE to another folder"
                        .formatted(environment, cause.getMessage()),
                cause);
    }
}
