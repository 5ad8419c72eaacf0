package io.mlpool.mlflow.local;

import java.util.List;

/** No Python on the path that MLflow can be installed with. */
public final class PythonMissingException extends LocalMlflowException {

    private static final String HOW_TO_GET_ONE = """
            Install one and try again:
              Debian, Ubuntu   apt install python3 python3-venv   (where that is older: python3.11 python3.11-venv)
              Fedora           dnf install python3
              macOS            brew install python""";

    PythonMissingException(List<String> found) {
        super("MLflow needs %s on the PATH with the modules venv and ensurepip; %s.%n%s"
                .formatted(
                        Python.SUPPORTED,
                        found.isEmpty() ? "no Python was found" : "found only " + String.join(", ", found),
                        HOW_TO_GET_ONE));
    }
}
