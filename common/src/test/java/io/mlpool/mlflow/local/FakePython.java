package io.mlpool.mlflow.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Set;

/** Executables on a PATH of their own that answer as a Python does; what pip is to do is a line of shell. */
final class FakePython {

    private FakePython() {}

    /** A Python of this version that makes environments in which pip runs this line. */
    static void install(Path executable, String version, boolean withVenv, String pip) throws IOException {
        script(executable, """
                #!/bin/sh
                # The pip of an environment finds it in $here; $0 is the interpreter, as sys.executable is.
                here=$(dirname "$(dirname "$0")")
                case "$*" in
                  *'find_spec'*) echo %1$s; echo %2$s; echo "$0" ;;
                  '-m venv '*) echo "making $3"; mkdir -p "$3/bin"; cp "$0" "$3/bin/python" ;;
                  '-m pip '*) %3$s ;;
                  *) shift 2; exec "$@" ;;
                esac
                """.formatted(version, withVenv ? "True" : "False", pip));
    }

    /** A Python whose MLflow server is a line of shell; it needs a real one's guard, so that starts as the machine's. */
    static void server(Path executable, String line) throws IOException {
        script(executable, """
                #!/bin/sh
                case "$1" in
                  -m) %s ;;
                  *) exec python3 "$@" ;;
                esac
                """.formatted(line));
    }

    /** What a version manager leaves on the path for a version that is not installed. */
    static void brokenShim(Path executable) throws IOException {
        script(executable, "#!/bin/sh\necho 'command not found' >&2\nexit 127\n");
    }

    private static void script(Path executable, String text) throws IOException {
        Files.createDirectories(executable.getParent());
        Files.writeString(executable, text);
        Files.setPosixFilePermissions(
                executable,
                Set.of(
                        PosixFilePermission.OWNER_READ,
                        PosixFilePermission.OWNER_WRITE,
                        PosixFilePermission.OWNER_EXECUTE));
    }
}
