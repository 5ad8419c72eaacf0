package io.mlpool.mlflow.local;

/** Why there is no local MLflow server; the message says what is missing and what to do. */
public abstract sealed class LocalMlflowException extends RuntimeException
        permits InstallationFailedException, PortTakenException, PythonMissingException, ServerNotStartedException {

    LocalMlflowException(String message) {
        super(message);
    }

    LocalMlflowException(String message, Throwable cause) {
        super(message, cause);
    }
}
