package io.mlpool.mlflow.local;

import java.io.IOException;

/** Something else listens where MLflow was to listen. */
public final class PortTakenException extends LocalMlflowException {

    PortTakenException(int port, IOException cause) {
        super(
                "MLflow cannot listen on port %d of 127.0.0.1: it is taken by another program; stop that or choose another port"
                        .formatted(port),
                cause);
    }
}
